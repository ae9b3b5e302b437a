import { describe, expect, test } from "vitest";
import { JsonText } from "@/lib/core/json/json-text";
import { identityHeaders } from "./identity-headers";

const key = {
  key_id: "key_0123456789abcdEF",
  name: "Billing",
  type: "secret",
  subject: null,
  access_level: "MEMBER",
  namespace: { type: "application", id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11" },
  permissions: ["reports:read", "reports:write"],
  metadata: null,
} as const;

function headersOf(over: Partial<Parameters<typeof identityHeaders>[0]>, demanded: readonly string[] = []) {
  const list = identityHeaders({ ...key, ...over }, demanded);
  const pairs = Array.from({ length: list.length / 2 }, (_, at) => [list[2 * at], list[2 * at + 1]]);
  return Object.fromEntries(pairs);
}

const ascii = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => String.fromCharCode(from + at)).join("");

describe("[L16] the headers of a key", () => {
  test("are all there, whatever the key lacks", () => {
    expect(headersOf({ permissions: [] })).toEqual({
      "X-Latchkey-Key-Id": "key_0123456789abcdEF",
      "X-Latchkey-Key-Name": "Billing",
      "X-Latchkey-Key-Type": "secret",
      "X-Latchkey-Subject": "",
      "X-Latchkey-Access-Level": "MEMBER",
      "X-Latchkey-Namespace": "application:01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11",
      "X-Latchkey-Permissions": "",
      "X-Latchkey-Metadata": "",
    });
  });

  test.each([
    ["cus_8213", "cus_8213"],
    ["acme:user@example.com/7?a=b&c", "acme:user@example.com/7?a=b&c"],
    ["Acme Corp", "Acme Corp"],
    [" at the ends  ", "%20at the ends %20"],
    ["100%", "100%25"],
    ["%41", "%2541"],
    ["Ünï 日本 🔑", "%C3%9Cn%C3%AF %E6%97%A5%E6%9C%AC %F0%9F%94%91"],
    ["a\r\nX-Latchkey-Access-Level: OWNER", "a%0D%0AX-Latchkey-Access-Level: OWNER"],
    ["a\u0000b\u007f\u0085\u2028", "a%00b%7F%C2%85%E2%80%A8"],
    ["\ud800", "%EF%BF%BD"],
  ])("give the subject %j as %s", (subject, value) => {
    expect(headersOf({ subject })["X-Latchkey-Subject"]).toBe(value);
    expect(decodeURIComponent(value)).toBe(subject.toWellFormed());
  });

  test("carry no character that could end or split a header", () => {
    const all = ascii(0, 0x250);
    const headers = headersOf({ name: all, subject: all, metadata: JsonText.of(JSON.stringify({ all })) });
    expect(Object.values(headers).join("")).toMatch(/^[ -~]*$/);
    expect(decodeURIComponent(headers["X-Latchkey-Key-Name"] ?? "")).toBe(all);
    expect(decodeURIComponent(headers["X-Latchkey-Subject"] ?? "")).toBe(all);
  });

  test("carry the metadata's text as it was written", () => {
    const text = '{"seats": 1.0, "2":"ü", "1":null}';
    const written = headersOf({ metadata: JsonText.of(text) })["X-Latchkey-Metadata"] ?? "";
    expect(Buffer.from(written, "base64url").toString()).toBe(text);
    expect(written).toMatch(/^[\w-]+$/);
  });

  test("name only the demanded permissions if all of them are too long", () => {
    const permissions = Array.from({ length: 300 }, (_, at) => `resource-${at}:read`);
    expect(headersOf({ permissions }, ["resource-7:read"])["X-Latchkey-Permissions"]).toBe("resource-7:read");
    const few = permissions.slice(0, 200);
    expect(headersOf({ permissions: few }, ["resource-7:read"])["X-Latchkey-Permissions"]).toBe(
      few.join(","),
    );
  });

  test("stay within 12,000 characters at their longest", () => {
    const longest = headersOf({
      name: "🔑".repeat(100),
      subject: "🔑".repeat(200),
      metadata: JsonText.of(JSON.stringify({ a: "x".repeat(2040) })),
      permissions: Array.from({ length: 50 }, () => `${"a".repeat(40)}:${"b".repeat(40)}`),
    });
    expect(Object.entries(longest).flat().join("").length).toBeLessThan(12_000);
  });
});
