import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { deferred } from "@/e2e/support/timing/deferred";
import { connection } from "./connection";
import { fetchPage } from "./keep-page-while-unreachable";

afterEach(() => {
  connection.find();
});

describe("data of a page", () => {
  test("that was cut off halfway is requested again, and arrives complete", async () => {
    let asked = 0;
    await using server = await serve((_request, response) => {
      asked += 1;
      response.write("half");
      if (asked === 1) setTimeout(() => response.destroy(), 20);
      else response.end(" and half");
    });
    const page = fetchPage(() => fetch(server.url), null);
    await expect.poll(() => connection.read().waits).toBe(true);
    expect(connection.read().lost).not.toBeNull();
    expect(connection.retry()).toBe(true);
    expect(await (await page).text()).toBe("half and half");
    expect(connection.read()).toMatchObject({ lost: null, waits: false });
    expect(asked).toBe(2);
  });

  test("requested before the connection was lost does not count as a reconnect; a later response does", async () => {
    await using server = await serve((_request, response) => response.end("page"));
    const held = deferred();
    const early = fetchPage(async () => {
      const response = await fetch(server.url);
      await held.promise;
      return response;
    }, null);
    connection.lose();
    held.resolve();
    expect(await (await early).text()).toBe("page");
    expect(connection.read().lost).not.toBeNull();
    expect(connection.read().answeredAt).toBeGreaterThan(0);
    await fetchPage(() => fetch(server.url), null);
    expect(connection.read().lost).toBeNull();
  });

  test("counts as late after ten seconds, and can be requested again", async () => {
    vi.useFakeTimers();
    let asked = 0;
    const page = fetchPage(() => {
      asked += 1;
      return asked === 1 ? new Promise<never>(() => undefined) : Promise.resolve(new Response("page"));
    }, null);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(connection.read().late).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(connection.read()).toMatchObject({ late: true, lost: null });
    expect(connection.retry()).toBe(true);
    expect(await (await page).text()).toBe("page");
    expect(connection.read().late).toBe(false);
    expect(connection.retry()).toBe(false);
    vi.useRealTimers();
  });

  test("that was aborted fails without reporting a lost connection", async () => {
    await using server = await serve(() => undefined);
    const abort = new AbortController();
    const page = fetchPage(() => fetch(server.url, { signal: abort.signal }), abort.signal);
    abort.abort();
    await expect(page).rejects.toThrow();
    expect(connection.read().lost).toBeNull();
    expect(connection.retry()).toBe(false);
  });
});

async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
