import { describe, expect, test } from "vitest";
import { isLocal } from "./admit-metrics";

const host = "localhost:3000";

describe("a request from this machine", () => {
  test.each([
    ["127.0.0.1", host],
    ["127.0.0.1", "127.0.0.1:3000"],
    ["127.8.9.1", "LOCALHOST"],
    ["::1", "[::1]:3000"],
    ["::ffff:127.0.0.1", "127.0.0.1"],
  ])("%s asks for %s", (remoteAddress, host) => {
    expect(isLocal(remoteAddress, { host, "user-agent": "Prometheus/3.0", accept: "text/plain" })).toBe(true);
  });
});

describe("no request from this machine", () => {
  test.each(["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "2001:db8::1", "::", "1.127.0.0", "", undefined])(
    "comes from %s",
    (remoteAddress) => {
      expect(isLocal(remoteAddress, { host })).toBe(false);
      // Whatever it claims about itself.
      expect(isLocal(remoteAddress, { host, "x-forwarded-for": "127.0.0.1" })).toBe(false);
    },
  );

  test.each<Record<string, string>>([
    { "x-forwarded-for": "127.0.0.1" },
    { "x-forwarded-for": "" },
    { "x-forwarded-host": "keys.example.com" },
    { "x-forwarded-proto": "https" },
    { "x-real-ip": "127.0.0.1" },
    { forwarded: "for=127.0.0.1" },
    { via: "1.1 proxy" },
    { "cf-connecting-ip": "127.0.0.1" },
    { "true-client-ip": "127.0.0.1" },
    { "x-original-forwarded-for": "127.0.0.1" },
  ])("carries %j", (headers) => {
    expect(isLocal("127.0.0.1", { host, ...headers })).toBe(false);
  });

  test.each([
    "keys.example.com",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.example:3000",
    "",
    undefined,
  ])("is for %s", (name) => {
    expect(isLocal("127.0.0.1", name === undefined ? {} : { host: name })).toBe(false);
  });
});
