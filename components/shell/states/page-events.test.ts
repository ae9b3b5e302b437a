import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { connection } from "./connection";
import { keepPageWhileUnreachable } from "./keep-page-while-unreachable";

// Stand-ins for browser APIs that Node.js lacks. Requests go to a real server.

class Script extends EventTarget {
  isInPage = true;
  constructor(readonly src: string) {
    super();
  }
  remove() {
    this.isInPage = false;
  }
}

const page = new EventTarget();
const send = globalThis.fetch;
const browser = { fetch: send };
const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(`${request.method} ${request.url}`);
  response.statusCode = request.url === "/_next/static/gone.js" ? 404 : 200;
  if (request.url === "/action") response.setHeader("x-nextjs-action-not-found", "1");
  response.end("ok");
});
let url: string;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubGlobal("window", browser);
  vi.stubGlobal("navigator", { onLine: true });
  vi.stubGlobal("HTMLScriptElement", Script);
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  keepPageWhileUnreachable();
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  connection.find();
});

/** Dispatches an element's error event to the window, as browsers do in the capture phase. */
function fail(script: Script): void {
  const event = new Event("error");
  Object.defineProperty(event, "target", { value: script });
  page.dispatchEvent(event);
}

test("the arrival of the page is recorded once, when it has loaded", () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2031-05-01T12:00:00Z") });
  page.dispatchEvent(new Event("load"));
  expect(connection.read().answeredAt).toBe(Date.now());
  vi.setSystemTime(new Date("2031-05-01T13:00:00Z"));
  page.dispatchEvent(new Event("load"));
  expect(connection.read().answeredAt, "only once").toBeLessThan(Date.now());
  vi.useRealTimers();
});

test("a script that cannot be fetched is removed, so that a retry adds it again, and reports a lost connection", async () => {
  const script = new Script("http://127.0.0.1:1/_next/static/menu.js");
  fail(script);
  expect(script.isInPage).toBe(false);
  await expect.poll(() => connection.read().lost).toBe("unreachable");
  expect(connection.read().updated).toBe(false);
});

test("a script that failed to run, or of another site, reports nothing", async () => {
  const there = new Script(`${url}/_next/static/there.js`);
  const foreign = new Script("http://127.0.0.1:1/extension.js");
  fail(there);
  fail(foreign);
  expect(foreign.isInPage).toBe(true);
  await expect.poll(() => seen).toContain("HEAD /_next/static/there.js");
  expect(connection.read()).toMatchObject({ lost: null, updated: false });
});

test("without a network requests wait, and go on once it is back", async () => {
  page.dispatchEvent(new Event("offline"));
  expect(connection.read().lost).toBe("unreachable");
  let isAsked = false;
  const asked = connection.untilRetry().then(() => {
    isAsked = true;
  });
  expect(connection.read().waits).toBe(true);
  expect(isAsked).toBe(false);
  page.dispatchEvent(new Event("online"));
  await asked;
  expect(connection.read()).toMatchObject({ lost: null, waits: false });
  expect(connection.retry()).toBe(false);
});

test("a response to page data ends a loss, and an action of an older version reveals the upgrade", async () => {
  connection.lose();
  const answer = await browser.fetch(url, { headers: { rsc: "1" } });
  expect(await answer.text()).toBe("ok");
  expect(connection.read()).toMatchObject({ lost: null, updated: false });
  await browser.fetch(`${url}/action`, { method: "POST" });
  expect(connection.read().updated).toBe(true);
});

test("a script that is gone from the server reveals the upgrade", async () => {
  const script = new Script(`${url}/_next/static/gone.js`);
  fail(script);
  await expect.poll(() => connection.read().updated).toBe(true);
  expect(script.isInPage).toBe(false);
});
