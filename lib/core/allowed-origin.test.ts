import { describe, expect, test } from "vitest";
import { isOwnOrigin } from "./allowed-origin";

const local = { appUrl: "http://localhost:3000", appUrlIsSet: false, host: "127.0.0.1", port: 3000 };
const exposed = { ...local, host: "0.0.0.0" };
const named = { ...local, host: "keys.lan" };
const published = { appUrl: "https://keys.example.com", appUrlIsSet: true, host: "127.0.0.1", port: 3000 };

describe("a page of the dashboard", () => {
  test.each([
    ["on this machine by name", "http://localhost:3000", "localhost:3000", local],
    ["on this machine by address", "http://127.0.0.1:3000", "127.0.0.1:3000", local],
    ["on this machine by IPv6", "http://[::1]:3000", "[::1]:3000", local],
    ["on port 80, which no Origin names", "http://localhost", "localhost", { ...local, port: 80 }],
    ["under the name of HOST", "http://keys.lan:3000", "keys.lan:3000", named],
    ["exposed, under any name", "http://10.0.0.7:3000", "10.0.0.7:3000", exposed],
    ["at APP_URL", "https://keys.example.com", "keys.example.com", published],
    ["at APP_URL with its port said", "https://keys.example.com", "keys.example.com:443", published],
  ])("%s", (_, origin, host, own) => {
    expect(isOwnOrigin(origin, host, own)).toBe(true);
  });
});

describe("not a page of the dashboard", () => {
  test.each([
    ["no Origin", null, "localhost:3000", local],
    ["an empty one", "", "localhost:3000", local],
    ["a hidden one", "null", "localhost:3000", local],
    ["a foreign one", "https://evil.example", "localhost:3000", local],
    ["another port of this machine", "http://localhost:4000", "localhost:3000", local],
    ["both on another port than ours", "http://localhost:4000", "localhost:4000", local],
    ["a stranger's name for this machine", "http://evil.example:3000", "evil.example:3000", local],
    [
      "a name that begins like ours",
      "http://localhost.evil.example:3000",
      "localhost.evil.example:3000",
      local,
    ],
    ["a stranger's name at APP_URL's server", "https://evil.example", "evil.example", published],
    ["this machine, when APP_URL says otherwise", "http://localhost:3000", "localhost:3000", published],
    ["APP_URL without TLS", "http://keys.example.com", "keys.example.com", published],
    ["a foreign one to an exposed server", "https://evil.example", "10.0.0.7:3000", exposed],
    ["no Host", "http://localhost:3000", null, local],
    ["an Origin with a path", "http://localhost:3000/", "localhost:3000", local],
    ["an Origin with a user", "http://localhost:3000@localhost:3000", "localhost:3000", local],
    ["two Origins", "http://localhost:3000, https://evil.example", "localhost:3000", local],
    ["a Host with a path", "http://localhost:3000", "localhost:3000/x@evil.example", local],
    ["another scheme", "ftp://localhost:3000", "localhost:3000", local],
  ])("%s", (_, origin, host, own) => {
    expect(isOwnOrigin(origin, host, own)).toBe(false);
  });
});
