import { describe, expect, test } from "vitest";
import { safeNextPath } from "./safe-next-path";

describe("where a sign-in may lead", () => {
  test.each([
    "/",
    "/acme/settings/api-keys",
    "/acme/settings/api-keys?status=all&search=a%2Fb",
    "/sign-in-help",
    "/@evil.example",
    "/?next=https://evil.example",
    "/a//b",
  ])("a path of this site: %s", (next) => {
    expect(safeNextPath(next)).toBe(next);
  });

  test.each([
    ["another site", "https://evil.example/"],
    ["another site without a scheme", "//evil.example"],
    ["three slashes", "///evil.example"],
    ["a backslash, which browsers take for a slash", "/\\evil.example"],
    ["a later backslash", "/a\\b"],
    ["a tab, which browsers drop", "/\t/evil.example"],
    ["a line end", "/\n/evil.example"],
    ["NUL", "/\0"],
    ["a Unicode line separator", "/\u2028/evil.example"],
    ["dot segments before two slashes", "/.//evil.example"],
    ["two dots before two slashes", "/a/..//evil.example"],
    ["encoded dots before two slashes", "/%2e//evil.example"],
    ["a script", "javascript:alert(1)"],
    ["no leading slash", "acme"],
    ["a leading space", " /acme"],
    ["nothing", ""],
    ["far too much", `/${"a".repeat(2000)}`],
    ["signing in again", "/sign-in?next=/sign-in"],
    ["the setup", "/setup"],
    ["an endpoint", "/api/auth/signout"],
    ["no text", null],
    ["a list", ["/acme"]],
  ])("nowhere: %s", (_, next) => {
    expect(safeNextPath(next)).toBeNull();
  });

  test("the result is the same site to a browser", () => {
    for (const next of ["/a/../b", "/./a", "/a?b#c", "/%2f/evil.example", "/ü"]) {
      const path = safeNextPath(next) ?? "/";
      expect(new URL(path, "https://keys.example.com").origin).toBe("https://keys.example.com");
    }
  });
});
