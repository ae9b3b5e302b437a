import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { provideHostileApi } from "@/e2e/support/api/hostile-api";
import { statusesIn } from "@/e2e/support/api/raw-connection";
import { database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { flushUsage } from "@/lib/verify/usage/usage-recorder";

const { api, key, head } = provideHostileApi();

describe("a connection", () => {
  const question = () => {
    const body = JSON.stringify({ key: key().token });
    return head(`Content-Length: ${body.length}\r\n\r\n${body}`);
  };
  const last = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  test("with many requests at once gives as many answers, in order", async () => {
    const wrong = question().replace(/lk_sk_/, "lk_xx_");
    const me = `GET /v1/me HTTP/1.1\r\nHost: x\r\nX-API-Key: ${key().token}\r\n\r\n`;
    const answer = await api.exchange(question() + wrong + me + question() + me + last);
    expect(statusesIn(answer)).toEqual([200, 401, 200, 200, 200, 200]);
  });

  test("with a refused body stays usable for the next request", async () => {
    const body = "not json";
    const bad = head(`Content-Length: ${body.length}\r\n\r\n${body}`);
    expect(statusesIn(await api.exchange(bad + question() + last))).toEqual([400, 200, 200]);
  });

  test("that breaks off in a body, or before the response, is neither an error nor a use", async () => {
    await flushUsage();
    const before = await calls();
    const logged = vi.spyOn(log(), "error");
    for (let round = 0; round < 20; round++) {
      const socket = await api.connect();
      socket.write(head("Content-Length: 100\r\n\r\n{"));
      await turn();
      socket.resetAndDestroy();
      const other = await api.connect();
      other.write(head("Transfer-Encoding: chunked\r\n\r\n5\r\n{"));
      await turn();
      other.destroy();
    }
    expect((await api.verify({ key: "x" }, key().token)).status).toBe(200);
    await flushUsage();
    expect((await calls()) - before).toBe(1);
    expect(logged).not.toHaveBeenCalled();
  });

  async function calls(): Promise<number> {
    const { _sum } = await database().apiKeyUsageHour.aggregate({
      where: { keyId: key().id },
      _sum: { calls: true },
    });
    return _sum.calls ?? 0;
  }

  test.each([
    ["a Host with a path", "GET /v1/me HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n", 400],
    ["a Host with a user", "GET /v1/me HTTP/1.1\r\nHost: a@b\r\nConnection: close\r\n\r\n", 400],
    ["no Host", "GET /v1/me HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["an address with a backslash", "GET /v1\\me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 400],
    ["TRACE", "TRACE /v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405],
    [
      "two lengths",
      "POST /v1/keys/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
      400,
    ],
    ["a length that is none", "POST /v1/keys/verify HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400],
    [
      "a length beside chunks",
      "POST /v1/keys/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
    ],
    ["a header that never ends", `GET /v1/me HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(70_000)}\r\n\r\n`, 431],
    ["a header with a NUL", "GET /v1/me HTTP/1.1\r\nHost: x\r\nX-API-Key: a\0b\r\n\r\n", 400],
    ["no HTTP", "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400],
  ])("with %s gets a 400 without a stack trace", async (_, bytes, status) => {
    const answer = await api.exchange(bytes);
    expect(statusesIn(answer)).toEqual([status]);
    expect(answer).not.toMatch(/node_modules|\.ts\b| {4}at /);
  });

  test("with any bytes in its headers is answered", async () => {
    const strange = Buffer.from(Array.from({ length: 128 }, (_, index) => index + 128));
    const before = Buffer.from("GET /v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    const names = ["X-API-Key", "Authorization", "Origin", "User-Agent", "X-Request-Id", "X-Forwarded-For"];
    for (const name of names) {
      const bytes = Buffer.concat([before, Buffer.from(`${name}: `), strange, Buffer.from("\r\n\r\n")]);
      expect(statusesIn(await api.exchange(bytes))).toEqual([401]);
    }
  });

  test("cannot spoof its address", async () => {
    const claim = `X-Forwarded-For: 198.51.100.1\r\nX-Latchkey-Address: 198.51.100.1\r\nX-API-Key: ${key().token}`;
    await api.exchange(`GET /v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${claim}\r\n\r\n`);
    await flushUsage();
    const row = await database().apiKey.findUnique({ where: { id: key().id } });
    expect(row?.lastUsedAddress).toBe("127.0.0.1");
  });
});
