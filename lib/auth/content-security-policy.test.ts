import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

const policy = contentSecurityPolicy("abc", false);

test("only scripts with the nonce run, and no eval", () => {
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy.match(/unsafe-\w+/g)).toEqual(["unsafe-inline"]);
  expect(policy).toContain("style-src 'self' 'unsafe-inline';");
});

test("no page can frame the dashboard, and its forms, images and calls stay on this site", () => {
  for (const rule of [
    "frame-ancestors 'none'",
    "form-action 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
  ]) {
    expect(policy.split("; ")).toContain(rule);
  }
});
