import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundedClient, presentableClient } from "./presentable-client";

describe("[L2] a client's user agent", () => {
  test("is bounded, without control characters and storable", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 600 }), (userAgent) => {
        const client = presentableClient(userAgent);
        if (client === null) return;
        expect(client.length).toBeGreaterThan(0);
        expect(client.length).toBeLessThanOrEqual(200);
        expect(client).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(client.isWellFormed()).toBe(true);
      }),
    );
  });

  test.each([
    ["curl/8.5.0", "curl/8.5.0"],
    ["evil\u0000\u001b[31m agent\r\n", "evil[31m agent"],
    [" \t ", null],
    ["x".repeat(300), "x".repeat(200)],
    [`${"x".repeat(199)}😀`, `${"x".repeat(199)}\ufffd`],
  ])("%j is shown as %j", (userAgent, client) => {
    expect(presentableClient(userAgent)).toBe(client);
  });
});

test("a User-Agent is stored as sent unless it is long", () => {
  expect(boundedClient(null)).toBe(null);
  expect(boundedClient("curl/8\u0000")).toBe("curl/8\u0000");
  expect(boundedClient("x".repeat(16_000))).toBe("x".repeat(200));
  expect(boundedClient("\u0007".repeat(300))).toBe(null);
});
