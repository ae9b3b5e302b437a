import { once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { openConnection, readAnswers, readToEnd, statusesIn } from "@/e2e/support/api/raw-connection";
import { loadEnv } from "@/lib/load-env";
import { createHttpServer } from "./http-server";
import { stopServing } from "./stop-serving";

const secret = "0123456789abcdef0123456789abcdef";
loadEnv({ DATABASE_URL: "postgresql://localhost/latchkey", AUTH_SECRET: secret, KEY_PEPPER: secret });

const foreverMs = 600_000;
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

async function serve(answer: RequestListener) {
  const http = createHttpServer(answer, { keepAliveSeconds: 75, upgrade: null, answerFramed: null });
  http.server.listen(0, "127.0.0.1");
  await once(http.server, "listening");
  onTestFinished(() => {
    for (const connection of http.connections) connection.destroy();
    http.server.close();
  });
  return { http, port: (http.server.address() as AddressInfo).port };
}

test("requests pipelined on a connection start one after the other and are answered in order", async () => {
  let under = 0;
  let most = 0;
  const { port } = await serve((request, response) => {
    most = Math.max(most, ++under);
    setImmediate(() => {
      under--;
      response.end(`${request.url};`);
    });
  });
  const paths = Array.from({ length: 100 }, (_, index) => `/${index}`);
  const answers = await readAnswers(await openConnection(port), paths.map(get).join(""), paths.length);
  expect(answers.match(/\/\d+(?=;)/g)?.slice(0, 99)).toEqual(paths.slice(0, 99));
  expect(most).toBe(1);
});

test("a body that waits for its turn arrives complete", async () => {
  const { port } = await serve(async (request, response) => {
    let length = 0;
    for await (const chunk of request) length += chunk.length;
    response.end(String(length));
  });
  const post = `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n${"x".repeat(200_000)}`;
  const answers = await readAnswers(await openConnection(port), post.repeat(3) + get("/"), 4);
  expect(answers.match(/200000/g)).toHaveLength(3);
});

test("a connection with more than a hundred waiting requests is closed, and they never start", async () => {
  let begun = 0;
  const { port } = await serve(() => begun++);
  expect(await readToEnd(await openConnection(port), [get("/").repeat(600)])).toBe("");
  expect(begun).toBe(1);
});

test("a shutdown starts no waiting request of a connection, and answers the one in flight", async () => {
  const begun: ServerResponse[] = [];
  const { http, port } = await serve((_request, response) => begun.push(response));
  const answer = readToEnd(await openConnection(port), [get("/").repeat(20)]);
  await expect.poll(() => begun.length).toBe(1);
  const stopped = stopServing(http, foreverMs);
  begun[0]?.end("done");
  expect(statusesIn(await answer)).toEqual([200]);
  await stopped;
  expect(begun).toHaveLength(1);
});

test("a shutdown ends every connection when its time is up, whatever a handler still does", async () => {
  const { http, port } = await serve(() => undefined);
  const partial = await openConnection(port);
  partial.write("G");
  const unanswered = await openConnection(port);
  unanswered.write(get("/"));
  const unread = await openConnection(port);
  unread.pause().write(get("/").repeat(50));
  await expect.poll(() => [...http.connections].filter(({ bytesRead }) => bytesRead > 0).length).toBe(3);
  await stopServing(http, 100);
  expect([...http.connections].filter(({ destroyed }) => !destroyed)).toEqual([]);
});

test("a request that arrives long after the shutdown began is refused with an explanation and never starts", async () => {
  let begun = 0;
  const { http, port } = await serve(() => begun++);
  const slow = [await openConnection(port), await openConnection(port)];
  const [page, api] = slow.map((socket) => readToEnd(socket, ["G"]));
  await expect.poll(() => [...http.connections].filter(({ bytesRead }) => bytesRead > 0).length).toBe(2);
  const now = performance.now();
  const clock = vi.spyOn(performance, "now").mockReturnValue(now);
  onTestFinished(() => void clock.mockRestore());
  const stopped = stopServing(http, foreverMs);
  clock.mockReturnValue(now + 1001);
  slow[0]?.write(get("/sign-in").slice(1));
  slow[1]?.write(get("/v1/me").slice(1));
  expect(statusesIn((await page) ?? "")).toEqual([503]);
  expect(await api).toContain('"code":"unavailable"');
  await stopped;
  expect(begun).toBe(0);
});
