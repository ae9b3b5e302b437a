import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { ApiServer } from "@/e2e/support/api-server";
import { startApiServer } from "@/e2e/support/api-server";
import { openTestDatabase } from "@/e2e/support/test-database";
import type { TestKey } from "@/e2e/support/test-key";
import { createTestKey } from "@/e2e/support/test-key";
import { createTestOrganization } from "@/e2e/support/test-organization";
import { database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { flushUsage } from "@/lib/verify/usage-recorder";

let closeDatabase: () => Promise<void>;
let server: ApiServer;
let key: TestKey;

beforeAll(async () => {
  ({ close: closeDatabase } = await openTestDatabase());
  server = await startApiServer();
  key = await createTestKey(await createTestOrganization("Hostile"));
});
afterAll(async () => {
  await server.close();
  await closeDatabase();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  // Whatever was thrown at it, the next request is answered.
  expect((await post(JSON.stringify({ key: key.token }))).json).toMatchObject({ valid: true });
});

async function post(body: BodyInit, headers: Record<string, string> = {}, path = "/v1/keys/verify") {
  const response = await fetch(server.url + path, {
    method: "POST",
    headers: { Authorization: `Bearer ${key.token}`, "Content-Type": "application/json", ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) };
}

async function open(): Promise<Socket> {
  const socket = connect(server.port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** Writes bytes on a connection of its own and gives all that comes back until the server closes it. */
async function exchange(...writes: (string | Buffer)[]): Promise<string> {
  const socket = await open();
  let answer = "";
  socket.setEncoding("utf8").on("data", (chunk) => {
    answer += chunk;
  });
  socket.on("error", () => undefined);
  for (const bytes of writes) socket.write(bytes);
  await once(socket, "close");
  return answer;
}

const head = (more: string) =>
  `POST /v1/keys/verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key.token}\r\nContent-Type: application/json\r\n${more}`;
const statuses = (answer: string) =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));

const limit = 64 * 1024;
const bodyOf = (bytes: number) => `{"key":"${"x".repeat(bytes - 10)}"}`;
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

describe("a body", () => {
  test("of 64 KiB is read, of one byte more is 413", async () => {
    expect(bodyOf(limit).length).toBe(limit);
    expect(await post(bodyOf(limit))).toMatchObject({ status: 200, json: { code: "MALFORMED" } });
    expect(await post(bodyOf(limit + 1))).toMatchObject({ status: 413, json: { code: "too_large" } });
  });

  test("that claims too much is 413 before any of it arrives, and the connection closes", async () => {
    const answer = await exchange(head(`Content-Length: ${limit + 1}\r\n\r\n`));
    expect(statuses(answer)).toEqual([413]);
    expect(answer.toLowerCase()).toContain("connection: close");
  });

  test("in chunks without a length is 413 as soon as it is too long, though it never ends", async () => {
    const answer = await exchange(
      head("Transfer-Encoding: chunked\r\n\r\n"),
      chunk("x".repeat(limit)),
      chunk("y"),
    );
    expect(statuses(answer)).toEqual([413]);
    expect(answer).toContain('"code":"too_large"');
  });

  test("far too long is refused while the client still writes, and the client reads the refusal", async () => {
    const answer = await exchange(
      head(`Transfer-Encoding: chunked\r\n\r\n`),
      ...Array.from({ length: 64 }, () => chunk("x".repeat(limit))),
    );
    expect(statuses(answer)).toEqual([413]);
  });

  test("in chunks that are small is read", async () => {
    const text = JSON.stringify({ key: key.token });
    const chunks = [...text].map(chunk).join("");
    const answer = await exchange(
      head("Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"),
      `${chunks}0\r\n\r\n`,
    );
    expect(statuses(answer)).toEqual([200]);
    expect(answer).toContain('"code":"VALID"');
  });

  test("that does not arrive in ten seconds is given up", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let text: string | undefined;
    void exchange(head("Content-Length: 100\r\n\r\n"), '{"key":').then((answer) => {
      text = answer;
    });
    let seconds = 0;
    for (; text === undefined; seconds++) {
      vi.advanceTimersByTime(1000);
      await turn();
    }
    expect(statuses(text)).toEqual([400]);
    expect(seconds).toBeGreaterThanOrEqual(10);
    expect(text.toLowerCase()).toContain("connection: close");
  });

  test.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["a text", '"text"'],
    ["a list", "[]"],
    ["null", "null"],
    ["JSON with more behind it", "{}{}"],
    ["bytes that are no UTF-8", Buffer.from('{"key":"\xff"}', "latin1")],
    ["UTF-16", Buffer.from('{"key":"x"}', "utf16le")],
    ["a depth that overflows a stack", `{"key":${"[".repeat(60_000)}`],
    ["a deep value", `{"key":${"[".repeat(30_000)}${"]".repeat(30_000)}}`],
    ["a prototype", '{"key":"x","__proto__":{"permissions":[]}}'],
    ["an unknown field", '{"key":"x","colour":"red"}'],
    ["no key", "{}"],
    ["a key that is null", '{"key":null}'],
    ["an address that is none", '{"key":"x","ip":"999.1.1.1"}'],
    ["a namespace that is none", '{"key":"x","namespace":{"type":"organization","id":"\' OR 1=1 --"}}'],
  ])("that is %s is 400", async (_, body) => {
    const { status, json } = await post(body);
    expect([status, json.code]).toEqual([400, "invalid_request"]);
  });

  test.each([
    '{"key":"\u0000"}',
    '{"key":"\\ud800"}',
    '{"key":"😀"}',
    '\ufeff{"key":"\'; DROP TABLE api_keys; --"}',
  ])("with a strange key (%j) is a malformed key", async (body) => {
    const { status, json } = await post(body);
    // An unescaped control character is no JSON; the rest is.
    expect([status, json.code]).toEqual(body.includes("\0") ? [400, "invalid_request"] : [200, "MALFORMED"]);
  });

  test.each([
    ["text/plain", 415],
    ["application/x-www-form-urlencoded", 415],
    ["application/json; charset=latin1", 415],
    ["application/jsonx", 415],
    ["application/json, text/plain", 415],
    ["", 415],
    ["application/json", 200],
    ["Application/JSON; charset=UTF-8", 200],
    ['application/json;charset="utf-8"', 200],
  ])("of type %j is answered %i", async (type, status) => {
    expect((await post(JSON.stringify({ key: "x" }), { "Content-Type": type })).status).toBe(status);
  });

  test("that is compressed is 415", async () => {
    expect((await post("x", { "Content-Encoding": "gzip" })).status).toBe(415);
  });

  test("beside a query string is 400, which repeats nothing of it", async () => {
    const { status, text } = await post("{}", {}, `/v1/keys/verify?key=${key.token}`);
    expect(status).toBe(400);
    expect(text).not.toContain(key.token);
  });
});

describe("a connection", () => {
  const question = () => {
    const body = JSON.stringify({ key: key.token });
    return head(`Content-Length: ${body.length}\r\n\r\n${body}`);
  };
  const last = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  test("with many requests at once gives as many answers, in order", async () => {
    const wrong = question().replace(/lk_sk_/, "lk_xx_");
    const me = `GET /v1/me HTTP/1.1\r\nHost: x\r\nX-API-Key: ${key.token}\r\n\r\n`;
    const answer = await exchange(question() + wrong + me + question() + me + last);
    expect(statuses(answer)).toEqual([200, 401, 200, 200, 200, 200]);
  });

  test("that carries a refused body is used on for the next request", async () => {
    const body = "not json";
    const bad = head(`Content-Length: ${body.length}\r\n\r\n${body}`);
    expect(statuses(await exchange(bad + question() + last))).toEqual([400, 200, 200]);
  });

  test("that breaks off in a body, or before the answer, is no fault and no use", async () => {
    await flushUsage();
    const before = await calls();
    const logged = vi.spyOn(log(), "error");
    for (let round = 0; round < 20; round++) {
      const socket = await open();
      socket.write(head("Content-Length: 100\r\n\r\n{"));
      await turn();
      socket.resetAndDestroy();
      const other = await open();
      other.write(head("Transfer-Encoding: chunked\r\n\r\n5\r\n{"));
      await turn();
      other.destroy();
    }
    expect((await post(JSON.stringify({ key: "x" }))).status).toBe(200);
    await flushUsage();
    expect((await calls()) - before).toBe(1);
    expect(logged).not.toHaveBeenCalled();
  });

  async function calls(): Promise<number> {
    const { _sum } = await database().apiKeyUsageHour.aggregate({
      where: { keyId: key.id },
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
  ])("with %s is answered as bad, without a trace of ours", async (_, bytes, status) => {
    const answer = await exchange(bytes);
    expect(statuses(answer)).toEqual([status]);
    expect(answer).not.toMatch(/node_modules|\.ts\b| {4}at /);
  });

  test("with bytes of every kind in its headers is answered", async () => {
    const strange = Buffer.from(Array.from({ length: 128 }, (_, index) => index + 128));
    const before = Buffer.from("GET /v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    const names = ["X-API-Key", "Authorization", "Origin", "User-Agent", "X-Request-Id", "X-Forwarded-For"];
    for (const name of names) {
      const bytes = Buffer.concat([before, Buffer.from(`${name}: `), strange, Buffer.from("\r\n\r\n")]);
      expect(statuses(await exchange(bytes))).toEqual([401]);
    }
  });

  test("cannot say from where it comes", async () => {
    const claim = `X-Forwarded-For: 198.51.100.1\r\nX-Latchkey-Address: 198.51.100.1\r\nX-API-Key: ${key.token}`;
    await exchange(`GET /v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${claim}\r\n\r\n`);
    await flushUsage();
    const row = await database().apiKey.findUnique({ where: { id: key.id } });
    expect(row?.lastUsedAddress).toBe("127.0.0.1");
  });
});
