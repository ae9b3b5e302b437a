import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { missingSecurityHeader } from "@/e2e/support/api/check-described";
import { headersIn, openConnection, readToEnd } from "@/e2e/support/api/raw-connection";
import { cookiesOf, send } from "@/e2e/support/api/raw-requests";
import { actionId, callFormAction } from "@/e2e/support/browser/page-action";
import { createPeople, people } from "@/e2e/support/browser/people";
import { createInstallation, type Installation } from "@/e2e/support/database/installation";
import { type ServerProcess, startServer } from "@/e2e/support/processes/server-process";
import { operations } from "@/lib/api/all-operations";
import { database } from "@/lib/db/client";
import { loadEnv } from "@/lib/load-env";

/** The public URL of a server behind a proxy that terminates TLS. */
const appUrl = "https://keys.example.com";
const client = "203.0.113.9";
const proxied = {
  Host: "keys.example.com",
  "X-Forwarded-For": `198.51.100.1, ${client}`,
  "X-Forwarded-Proto": "https",
  "X-Forwarded-Host": "keys.example.com",
};

let installation: Installation;
let server: ServerProcess;
beforeAll(async () => {
  installation = await createInstallation();
  await installation.withDatabase(createPeople);
  const variables = { ...installation.variables, APP_URL: appUrl, TRUSTED_PROXIES: "127.0.0.0/8" };
  server = await startServer(variables);
  // This process needs the same environment to know the expected headers.
  loadEnv(variables);
});
afterAll(async () => {
  await server.kill();
  await installation.remove();
});

describe("every response of every entry point carries the common headers, HSTS included", () => {
  const missing = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const answer = await send(server, method, path, { headers: { ...proxied, ...headers } });
    expect(answer.headers.get("x-request-id"), `${method} ${path}`).toBeTruthy();
    return missingSecurityHeader(answer.headers);
  };

  test("of the API", async () => {
    for (const { method, path } of operations) {
      const address = path.replaceAll(/\{\w+\}/g, "x");
      expect(await missing(method.toUpperCase(), address), `${method} ${path}`).toBeUndefined();
      expect(await missing("PUT", address), `PUT ${path}`).toBeUndefined();
    }
    for (const path of ["/v1/nothing", "/v1/me", "/v1/keys/verify?x", "/.well-known/jwks.json"]) {
      expect(await missing("OPTIONS", path, { Origin: "https://shop.example" }), path).toBeUndefined();
    }
  });

  test("of the dashboard: pages, refusals and files", async () => {
    const page = await send(server, "GET", "/sign-in", { headers: proxied });
    const files = [...page.text.matchAll(/\/_next\/static\/[\w./~-]+\.(?:js|css)/g)].map(([path]) => path);
    expect(files.length).toBeGreaterThan(3);
    const paths = [
      "/",
      "/sign-in",
      "/docs",
      "/docs/errors",
      "/account/profile",
      "/nowhere",
      "/acme",
      "/icon.svg",
    ];
    for (const path of [
      ...paths,
      ...new Set(files),
      "/_next/static/none.js",
      "/_next/image",
      "/api/auth/csrf",
    ]) {
      for (const method of ["GET", "HEAD", "POST", "TRACE"])
        expect(await missing(method, path), `${method} ${path}`).toBeUndefined();
    }
    expect(page.headers.get("strict-transport-security")).toMatch(/^max-age=\d{8,}/);
  });

  test("of malformed requests", async () => {
    const port = Number(new URL(server.url).port);
    for (const bytes of [
      "no HTTP\r\n\r\n",
      "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
    ]) {
      const answer = await readToEnd(await openConnection(port), [bytes, "junk\r\n\r\n"]);
      expect(missingSecurityHeader(headersIn(answer)), bytes).toBeUndefined();
    }
  });
});

test("nothing a client sends reaches an output unchanged: each line is a log entry", async () => {
  const before = server.output().length;
  const forged = '{"level":40,"time":1,"event":"operator.reset_link_made","msg":"session event"}';
  const hostile = `/x\n${forged}\n.png\u001b[2J\u009b31m\u202e`;
  const escaped = encodeURIComponent(hostile);
  const from = { ...proxied, Origin: appUrl };
  const paths = [
    "/_next/image?w=64&q=75&url=",
    "/sign-in?next=",
    "/sign-in/",
    "/api/auth/",
    "/acme/settings/",
  ];
  for (const path of paths) await send(server, "GET", path + escaped, { headers: from });
  const types = ["text/plain;charset=UTF-8", "multipart/form-data; boundary=b", "multipart/form-data"];
  const bodies = [
    hostile,
    `[${hostile}`,
    `--b\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$K1", ${hostile}`,
  ];
  for (const id of [actionId("signIn"), "0".repeat(42), "$ACTION"]) {
    for (const type of types) {
      const headers = { ...from, "Next-Action": id, "Content-Type": type };
      for (const body of bodies) await send(server, "POST", "/sign-in", { headers, body });
    }
  }
  const lines = server.output().slice(before).trimEnd().split("\n");
  // The log has lines for these requests, so the check is not empty.
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.map((line) => typeof JSON.parse(line).time)).toEqual(lines.map(() => "number"));
  expect(lines).not.toContain(forged);
  expect(lines.join("")).not.toMatch(/[\p{Cc}\u2028-\u202e]/u);
});

describe("Next makes no request of its own to this server", () => {
  const owner = { email: people.OWNER.email, password: people.OWNER.password };
  const from = { ...proxied, Origin: appUrl };

  test("for the page after a sign-in: nothing fails, and the log stays clean", async () => {
    const before = server.output().length;
    const action = actionId("signIn");
    const answer = await callFormAction(
      server,
      "/sign-in",
      action,
      { ...owner, next: "/account/profile" },
      from,
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-action-redirect")).toBe("/account/profile;replace");
    // The answer is empty, because the browser fetches the page itself.
    expect(answer.text).toBe("");
    const headers = { ...proxied, Cookie: cookiesOf(answer) };
    expect((await send(server, "GET", "/account/profile", { headers })).status).toBe(200);
    expect(server.output().slice(before)).not.toMatch(/ {4}at |failed to/);
  });

  test("for an action sent to another page: it is refused and not carried out", async () => {
    const action = actionId("signIn");
    const claims: Record<string, string>[] = [
      {},
      { "X-Action-Forwarded": "1" },
      { "X-Latchkey-Address": "192.0.2.7" },
    ];
    for (const path of ["/docs", "/account/profile", "/acme/settings/api-keys", "/setup", "/"]) {
      for (const claim of claims) {
        const answer = await callFormAction(server, path, action, owner, { ...from, ...claim });
        expect(`${path} ${answer.status} ${cookiesOf(answer)}`).toBe(`${path} 409 `);
      }
    }
    expect(server.output()).not.toMatch(/ {4}at .*fetch|failed to/);
  });

  test("so a session's address is the one from the proxy, whatever else was claimed", async () => {
    const action = actionId("signIn");
    const claims = {
      "X-Latchkey-Address": "192.0.2.7",
      Forwarded: "for=192.0.2.8",
      "X-Real-IP": "192.0.2.9",
    };
    await callFormAction(server, "/sign-in", action, owner, { ...from, ...claims });
    expect(await server.stop()).toBe(0);
    const sessions = await installation.withDatabase(() => database().session.findMany());
    expect(sessions.map(({ address }) => address)).toEqual([client, client]);
  });
});
