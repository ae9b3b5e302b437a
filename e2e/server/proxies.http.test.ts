import { readFileSync } from "node:fs";
import type { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Reached } from "../support/api/raw-requests";
import { cookiesOf, send } from "../support/api/raw-requests";
import { testStreams } from "../support/api/test-streams";
import { actionId, callFormAction } from "../support/browser/page-action";
import { createPeople, people } from "../support/browser/people";
import { createTestKey } from "../support/data/test-key";
import { createTestOrganization } from "../support/data/test-organization";
import { createInstallation, type Installation } from "../support/database/installation";
import { freePort } from "../support/processes/free-port";
import { needProxy, startCaddy, startNginx, type TestProxy } from "../support/processes/proxies";
import { type ServerProcess, startServer } from "../support/processes/server-process";

// Tests a real server behind real proxies. If a proxy is neither installed nor installable, its tests are skipped by
// name.

const host = "keys.example.com";
const appUrl = `https://${host}`;
const nginx = needProxy("nginx");
const caddy = needProxy("caddy");

let installation: Installation;
let server: ServerProcess;
let upstream: string;
let token: string;
const proxies: TestProxy[] = [];

/** The block of this language in docs/proxies.md, with the test server's addresses. */
function documented(language: string): string {
  const [, block = ""] =
    new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readFileSync("docs/proxies.md", "utf8")) ?? [];
  expect(block).toContain("127.0.0.1:3000");
  return block.replace("127.0.0.1:3000", upstream);
}

beforeAll(async () => {
  installation = await createInstallation();
  token = await installation.withDatabase(async () => {
    await createPeople();
    return (await createTestKey(await createTestOrganization("Proxied"))).token;
  });
  const variables = { APP_URL: appUrl, TRUSTED_PROXIES: "127.0.0.0/8", KEEP_ALIVE_SECONDS: "3" };
  server = await startServer({ ...installation.variables, ...variables });
  upstream = `127.0.0.1:${new URL(server.url).port}`;
});
afterAll(async () => {
  for (const proxy of proxies) await proxy.stop();
  await server.stop();
  await installation.remove();
});

/** A person signs in and saves a form. Returns the sign-in's response if it failed, otherwise null. */
async function useDashboard(reached: Reached) {
  const before = { Host: host, Origin: appUrl };
  const signIn = actionId("signIn");
  const { email, password } = people.OWNER;
  const signedIn = await callFormAction(reached, "/sign-in", signIn, { email, password }, before);
  if (signedIn.status !== 200) return signedIn;
  expect(signedIn.headers.get("x-action-redirect")).toBe("/;replace");
  const headers = { ...before, Cookie: cookiesOf(signedIn) };
  const profile = actionId("updateProfile");
  const saved = await callFormAction(reached, "/account/profile", profile, { name: "Olivia Owner" }, headers);
  expect(saved.text).toMatch(/"savedAt":\d+/);
  return null;
}

/** A program creates a key, rolls it, sees it on a stream, and revokes it. */
async function useApi(reached: Reached, streams: ReturnType<typeof testStreams> | null) {
  const call = async (method: string, path: string, value?: object) => {
    const headers = { Host: host, Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const body = value === undefined ? undefined : JSON.stringify(value);
    const answer = await send(reached, method, path, { headers, ...(body !== undefined && { body }) });
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.text === "" ? null : JSON.parse(answer.text);
  };
  const stream = await streams?.open(token);
  await stream?.line("loaded");
  const made = await call("POST", "/v1/keys", { name: "Through a proxy", access_level: "MEMBER", roles: [] });
  expect((await call("POST", "/v1/keys/verify", { key: made.token })).code).toBe("VALID");
  const rolled = await call("POST", `/v1/keys/${made.id}/roll`, { version: 1, grace_seconds: 0 });
  const heard = stream?.heard().length ?? 0;
  await call("POST", `/v1/keys/${made.id}/revoke`);
  expect((await call("POST", "/v1/keys/verify", { key: rolled.token })).code).toBe("REVOKED");
  if (stream !== undefined) await expect.poll(() => stream.heard().length).toBeGreaterThan(heard);
  stream?.cut();
}

function expectQuietLog() {
  expect(server.output()).not.toMatch(/ {4}at |failed to|"level":(?:50|60)/);
}

describe.skipIf(nginx === undefined)("through nginx (skipped where there is none)", () => {
  const keepAlive = 'proxy_http_version 1.1; proxy_set_header Connection "";';
  const forwarded =
    "proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto https;";
  const configurations = {
    "its defaults, which name the upstream in Host": "",
    "Host passed on": "proxy_set_header Host $host;",
    "Host, X-Forwarded-For and -Proto": `proxy_set_header Host $host; ${forwarded}`,
    "X-Forwarded-Host without a port": `proxy_set_header Host $host; ${forwarded} proxy_set_header X-Forwarded-Host $host;`,
    "X-Forwarded-Host with a port": `proxy_set_header Host $http_host; ${forwarded} proxy_set_header X-Forwarded-Host $host:$server_port; proxy_set_header X-Forwarded-Port $server_port;`,
  };
  const ports: Record<string, number> = {};

  beforeAll(async () => {
    const servers: string[] = [];
    for (const [name, headers] of Object.entries(configurations)) {
      const port = await freePort();
      ports[name] = port;
      servers.push(
        `server { listen 127.0.0.1:${port}; ${keepAlive} ${headers} proxy_request_buffering off; location / { proxy_pass http://latchkey; } }`,
      );
    }
    const late = await freePort();
    ports.late = late;
    servers.push(`upstream late { server ${upstream}; keepalive 16; keepalive_timeout 60s; }
      server { listen 127.0.0.1:${late}; ${keepAlive} proxy_set_header Host $host; location / { proxy_pass http://late; } }`);
    ports.documented = await freePort();
    const own = documented("nginx")
      .replace("keepalive_timeout 60s", "keepalive_timeout 1s")
      .replace("listen 443 ssl", `listen 127.0.0.1:${ports.documented}`)
      .replaceAll(/ssl_\w+ .*;/g, "");
    proxies.push(await startNginx(nginx ?? "", `${own}\n${servers.join("\n")}`, Object.values(ports)));
  });

  const through = (name: string, agent?: Agent): Reached => ({
    url: `http://127.0.0.1:${ports[name]}`,
    ...(agent !== undefined && { agent }),
  });

  const [defaults = "", ...rest] = Object.keys(configurations);
  test.each([...rest, "documented"])("%s: the dashboard, the API and a stream work", async (name) => {
    expect(await useDashboard(through(name))).toBeNull();
    await useApi(through(name), testStreams(through(name).url, { Host: host }));
    expectQuietLog();
  });

  test(`${defaults}: the API works, and a form's refusal names the URL and the header`, async () => {
    await useApi(through(defaults), testStreams(through(defaults).url, { Host: host }));
    const refused = await useDashboard(through(defaults));
    expect(refused?.status).toBe(403);
    expect(refused?.text).toContain(`It is at ${appUrl}.`);
    expect(refused?.text).toContain("Host header");
    const warnings = () =>
      server
        .output()
        .split("\n")
        .filter((line) => line.includes('"host":"latchkey"'));
    // The log may arrive after the response.
    await expect.poll(warnings).toHaveLength(1);
    expect(JSON.parse(warnings()[0] ?? "")).toMatchObject({
      host: "latchkey",
      origin: appUrl,
      APP_URL: appUrl,
    });
    expectQuietLog();
  });

  // Keep-alive times of the proxy and the server, each shorter in one case.
  test.each([
    ["documented", 1000, ["GET", "POST"]],
    ["late", 3000, ["GET"]],
  ] as const)("%s: no 502, whatever lies between two requests", async (name, edgeMs, methods) => {
    const clients = Array.from({ length: 8 }, async (_, index) => {
      const statuses: number[] = [];
      for (let round = 0; round < 4; round++) {
        const method = methods[round % methods.length] ?? "GET";
        const path = method === "GET" ? "/v1/me" : "/v1/keys/verify";
        const headers = { Host: host, Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
        const body = method === "POST" ? { body: JSON.stringify({ key: token }) } : {};
        statuses.push((await send(through(name), method, path, { headers, ...body })).status);
        await sleep(edgeMs - 20 + ((index * 4 + round) * 40) / 32);
      }
      return statuses;
    });
    expect((await Promise.all(clients)).flat()).toEqual(Array.from({ length: 32 }, () => 200));
  });
});

describe.skipIf(caddy === undefined)("through Caddy with TLS (skipped where there is none)", () => {
  test("the dashboard and the API work, and the log is quiet", async () => {
    const port = await freePort();
    const site = documented("caddyfile")
      .replace(`${host} {`, `${host}:${port} {\n tls internal\n bind 127.0.0.1`)
      .replace("keepalive 60s", "keepalive 1s");
    const proxy = await startCaddy(caddy ?? "", site, port);
    proxies.push(proxy);
    const reached = { url: `https://127.0.0.1:${port}`, ca: proxy.authority };
    // The certificate is created shortly after the start.
    await expect
      .poll(() => send(reached, "GET", "/healthz", { headers: { Host: host } }).then((a) => a.status, String))
      .toBe(200);
    expect(await useDashboard(reached)).toBeNull();
    await useApi(reached, null);
    expect((await send(reached, "GET", "/metrics", { headers: { Host: host } })).status).toBe(404);
    expect(
      (await send(reached, "GET", "/sign-in", { headers: { Host: host } })).headers.get(
        "strict-transport-security",
      ),
    ).toMatch(/max-age/);
    expectQuietLog();
  });
});
