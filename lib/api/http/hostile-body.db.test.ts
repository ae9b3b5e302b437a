import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { provideHostileApi } from "@/e2e/support/api/hostile-api";
import { statusesIn } from "@/e2e/support/api/raw-connection";

const { api, key, head } = provideHostileApi();

const post = (
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
  path = "/v1/keys/verify",
) =>
  api.call(path, key().token, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body,
  });
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
    const answer = await api.exchange(head(`Content-Length: ${limit + 1}\r\n\r\n`));
    expect(statusesIn(answer)).toEqual([413]);
    expect(answer.toLowerCase()).toContain("connection: close");
  });

  test("in chunks without a length is 413 as soon as it is too long, though it never ends", async () => {
    const answer = await api.exchange(
      head("Transfer-Encoding: chunked\r\n\r\n"),
      chunk("x".repeat(limit)),
      chunk("y"),
    );
    expect(statusesIn(answer)).toEqual([413]);
    expect(answer).toContain('"code":"too_large"');
  });

  test("that is far too long is refused while the client still writes, and the client reads the refusal", async () => {
    const answer = await api.exchange(
      head(`Transfer-Encoding: chunked\r\n\r\n`),
      ...Array.from({ length: 64 }, () => chunk("x".repeat(limit))),
    );
    expect(statusesIn(answer)).toEqual([413]);
  });

  test("in small chunks is read", async () => {
    const text = JSON.stringify({ key: key().token });
    const chunks = [...text].map(chunk).join("");
    const answer = await api.exchange(
      head("Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"),
      `${chunks}0\r\n\r\n`,
    );
    expect(statusesIn(answer)).toEqual([200]);
    expect(answer).toContain('"code":"VALID"');
  });

  test("that does not arrive in ten seconds is dropped", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let text: string | undefined;
    void api.exchange(head("Content-Length: 100\r\n\r\n"), '{"key":').then((answer) => {
      text = answer;
    });
    let seconds = 0;
    for (; text === undefined; seconds++) {
      vi.advanceTimersByTime(1000);
      await turn();
    }
    expect(statusesIn(text)).toEqual([400]);
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
    ["a field twice", '{"key":"x","key":"y"}'],
    ["a field twice, once escaped", '{"key":"x","\\u006bey":"y"}'],
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
    // An unescaped control character is not valid JSON; the rest is.
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
    ["application/json;", 200],
    ["Application/JSON; charset=UTF-8", 200],
    ['application/json;charset="utf-8"', 200],
  ])("of type %j is answered %i", async (type, status) => {
    expect((await post(JSON.stringify({ key: "x" }), { "Content-Type": type })).status).toBe(status);
  });

  test("that is compressed is 415", async () => {
    expect((await post("x", { "Content-Encoding": "gzip" })).status).toBe(415);
  });

  test("with a query string is 400, and the response does not repeat it", async () => {
    const { status, text } = await post("{}", {}, `/v1/keys/verify?key=${key().token}`);
    expect(status).toBe(400);
    expect(text).not.toContain(key().token);
  });
});
