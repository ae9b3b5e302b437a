import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { identityHeaderNames } from "@/lib/api/gateway/identity-headers";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import type { NewKey } from "@/lib/services/keys/insert-key";
import type { TestKey } from "../support/data/test-key";
import { createTestKey } from "../support/data/test-key";
import type { TestOrganization } from "../support/data/test-organization";
import { createTestOrganization } from "../support/data/test-organization";
import { createInstallation, type Installation } from "../support/database/installation";
import { documented, documentedGateways } from "../support/gateways/documented-gateways";
import type { Sent } from "../support/gateways/guarded-service";
import { arrivedAt, askGateway, identityIn, startGuardedService } from "../support/gateways/guarded-service";
import { freePort } from "../support/processes/free-port";
import { needProxy, type TestProxy } from "../support/processes/proxies";
import { type ServerProcess, startServer } from "../support/processes/server-process";
import { TcpProxy } from "../support/processes/tcp-proxy";

// Runs the gateways of docs/gateways.md with its configurations, in front of a service. Each asks a real server. If a
// gateway is neither installed nor installable, its tests are skipped by name.

let installation: Installation;
let server: ServerProcess;
let service: Awaited<ReturnType<typeof startGuardedService>>;
let organization: TestOrganization;
let keys: Record<"good" | "powerless" | "foreign" | "bound" | "longest", TestKey>;
type Running = {
  readonly name: string;
  readonly gateway: TestProxy;
  readonly latchkey: TcpProxy;
  readonly port: number;
};
/** The running gateways, each with its own connection to Latchkey. */
const running: Running[] = [];
/** Rate-limited keys, one for each gateway. */
const limited: TestKey[] = [];
const longest = {
  name: "🔑".repeat(100),
  subject: "ü🔑".repeat(100),
  metadata: JSON.stringify({ a: "x".repeat(2030) }),
};

async function createKeys() {
  organization = await createTestOrganization("Behind");
  const own = Array.from({ length: 45 }, (_, at) => `${"a".repeat(40)}:${"b".repeat(38)}${at + 10}`);
  const role = { roleId: "long", title: "Long", description: "", permissions: ["audit:read", ...own] };
  await database().role.create({ data: { organizationId: organization.id, ...role } });
  const make = (over: Partial<NewKey>) => createTestKey(organization, { roles: ["auditor"], ...over });
  const elsewhere = await createTestOrganization("Elsewhere");
  keys = {
    good: await make({ subject: "cus:8213/ü" }),
    powerless: await make({ roles: [] }),
    foreign: await createTestKey(elsewhere, { roles: ["auditor"] }),
    bound: await make({ allowedAddresses: ["203.0.113.7/32"] }),
    longest: await make({ ...longest, roles: ["long"] }),
  };
  const rateLimit = { requests: 1, seconds: 3600 };
  for (const _ of Object.keys(documentedGateways)) limited.push(await make({ rateLimit }));
}

beforeAll(async () => {
  installation = await createInstallation();
  await installation.withDatabase(createKeys);
  server = await startServer({ ...installation.variables, TRUSTED_PROXIES: "127.0.0.1/32" });
  service = await startGuardedService();
});
afterAll(async () => {
  for (const { gateway, latchkey } of running) {
    await gateway.stop();
    await latchkey.close();
  }
  service.stop();
  await server.stop();
  await installation.remove();
});

const bearer = ({ token }: TestKey) => ({ Authorization: `Bearer ${token}` });
const preflight = { Origin: "https://shop.example", "Access-Control-Request-Method": "POST" };
const forged = {
  Connection: "close, X-Latchkey-Key-Id, X-Latchkey-Subject, X-Latchkey-Permissions",
  ...Object.fromEntries(identityHeaderNames.map((name) => [name, ["forged", "forged too"]])),
  X_Latchkey_Key_Id: "forged",
  "X-Latchkey_Key-Id": "forged",
  "X-Original-URL": "/v1/forward-auth/x/-/-",
  "X-Forwarded-Uri": "/",
  "X-Forwarded-Method": "OPTIONS",
};

type Name = keyof typeof documentedGateways;
const names = Object.keys(documentedGateways) as Name[];

const refused: Readonly<Record<string, (name: Name) => [number, Sent]>> = {
  "no key": () => [401, {}],
  "a key in the query": () => [401, { path: `/?api_key=${keys.good.token}` }],
  "another organization's key": () => [401, { headers: bearer(keys.foreign) }],
  "a key without the permission": () => [403, { headers: { ...bearer(keys.powerless), ...forged } }],
  "a bad key before a good one": (name) => [
    name === "nginx" ? 400 : 401,
    { headers: { Authorization: ["Bearer x", bearer(keys.good).Authorization] } },
  ],
  "two keys": () => [401, { headers: { ...bearer(keys.good), "X-API-Key": keys.foreign.token } }],
  "OPTIONS that is no preflight": () => [
    401,
    { method: "OPTIONS", headers: { Origin: "https://a.example" } },
  ],
  "a preflight's headers with another method": () => [401, { headers: preflight }],
  "a key from another address": () => [403, { headers: bearer(keys.bound), from: "127.0.0.2" }],
  "a key whose client claims another address": () => {
    const claim = { "X-Forwarded-For": "203.0.113.7", Forwarded: "for=203.0.113.7" };
    return [403, { headers: { ...bearer(keys.bound), ...claim }, from: "127.0.0.2" }];
  },
};

describe.each(names)("[L16] %s", (name) => {
  const program = needProxy(name) ?? "";
  const own = test.skipIf(program === "");
  let latchkey: TcpProxy;
  let port: number;
  /** nginx cannot remove headers by prefix. */
  const claimed = { ...forged, ...(name === "nginx" ? {} : { "X-Latchkey-Other": "forged" }) };

  beforeAll(async () => {
    if (program === "") return;
    latchkey = await TcpProxy.start({ host: "127.0.0.1", port: Number(new URL(server.url).port) });
    port = await freePort();
    const demand = `${organization.slug}/audit:read`;
    const places = { port, latchkeyPort: latchkey.port, servicePort: service.port, demand };
    running.push({ name, latchkey, port, gateway: await documentedGateways[name](program, places) });
  });

  const ask = (sent: Sent) => askGateway(port, sent);

  own("lets a request through whole, with its key's identity in place of the key and of claims", async () => {
    const path = "/orders/7?permissions=-&a=%2e%2e";
    const headers = { ...bearer(keys.good), ...claimed };
    const answer = await ask({ method: "POST", path, headers, body: "x".repeat(200_000) });
    expect(answer.status).toBe(200);
    const request = arrivedAt(answer);
    expect(request).toMatchObject({ method: "POST", url: path, bytes: 200_000 });
    expect(identityIn(request).sort()).toEqual([
      ["x-latchkey-access-level", "OWNER"],
      ["x-latchkey-key-id", formatKeyId(keys.good.id)],
      ["x-latchkey-key-name", "A%20key"],
      ["x-latchkey-key-type", "secret"],
      ["x-latchkey-namespace", `organization:${organization.id}`],
      ["x-latchkey-permissions", "audit:read"],
      ["x-latchkey-subject", "cus:8213/%C3%BC"],
    ]);
    expect(answer.text).not.toContain(keys.good.token);
    const other = await ask({ headers: { "X-API-Key": keys.good.token } });
    expect([other.status, other.text.includes(keys.good.token)]).toEqual([200, false]);
  });

  own("passes on the longest identity there is", async () => {
    const told = Object.fromEntries(identityIn(arrivedAt(await ask({ headers: bearer(keys.longest) }))));
    expect(decodeURIComponent(told["x-latchkey-key-name"] ?? "")).toBe(longest.name);
    expect(decodeURIComponent(told["x-latchkey-subject"] ?? "")).toBe(longest.subject);
    expect(Buffer.from(told["x-latchkey-metadata"] ?? "", "base64url").toString()).toBe(longest.metadata);
    expect(told["x-latchkey-permissions"]?.length).toBeGreaterThan(3500);
  });

  own("refuses what has no good key, whatever it claims", async () => {
    for (const [what, make] of Object.entries(refused)) {
      const [status, sent] = make(name);
      const answer = await ask(sent);
      expect([what, answer.status]).toEqual([what, status]);
      if (status === 401) expect(answer.headers["www-authenticate"], what).toMatch(/^Bearer /);
      expect(answer.text).not.toContain('"bytes"');
    }
  });

  own("asks about the client's address, through the proxies before it", async () => {
    const headers = { ...bearer(keys.bound), "X-Forwarded-For": "198.51.100.1, 203.0.113.7" };
    expect((await ask({ headers })).status).toBe(200);
  });

  own("answers 429 with the time to wait", async () => {
    const { token = "" } = limited.pop() ?? {};
    expect((await ask({ headers: { "X-API-Key": token } })).status).toBe(200);
    const answer = await ask({ headers: { "X-API-Key": token } });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(3500);
  });

  own("lets a preflight through, with no identity, and the service's own refusals", async () => {
    const headers = { ...preflight, ...claimed, ...bearer(keys.good) };
    const answer = await ask({ method: "OPTIONS", headers });
    const request = arrivedAt(answer);
    expect([answer.status, request.method, identityIn(request)]).toEqual([200, "OPTIONS", []]);
    for (const status of [401, 403, 429, 500]) {
      const itsOwn = await ask({ path: `/status/${status}`, headers: bearer(keys.good) });
      expect([itsOwn.status, arrivedAt(itsOwn).url]).toEqual([status, `/status/${status}`]);
    }
  });

  own("keeps its connections to Latchkey", async () => {
    const before = latchkey.accepted;
    for (let count = 0; count < 20; count++) {
      expect((await ask({ headers: bearer(keys.good) })).status).toBe(200);
    }
    expect(latchkey.accepted - before).toBeLessThanOrEqual(2);
  });
});

test("[L16] no request passes while Latchkey hangs or is down, and all pass again afterwards", async () => {
  await Promise.all(
    running.map(async ({ name, latchkey, port }) => {
      const headers = bearer(keys.good);
      for (const fail of [() => latchkey.stall(), () => latchkey.refuse()]) {
        await fail();
        const { status, headers: told, text } = await askGateway(port, { headers });
        expect([name, status, told["retry-after"], text]).toEqual([
          name,
          503,
          "5",
          expect.not.stringContaining("bytes"),
        ]);
      }
      await latchkey.heal();
      await expect.poll(async () => (await askGateway(port, { headers })).status).toBe(200);
    }),
  );
});

const haproxy = needProxy("haproxy") ?? "";
test.skipIf(haproxy === "")("[L16] haproxy lets nothing through when its script fails", async () => {
  const [port, latchkeyPort] = [await freePort(), Number(new URL(server.url).port)];
  const places = { port, latchkeyPort, servicePort: service.port, demand: `${organization.slug}/-` };
  const failing = (documented("lua")[0] ?? "").replace("local headers = {}", 'error("It fails")');
  const gateway = await documentedGateways.haproxy(haproxy, places, [failing]);
  const { status, text } = await askGateway(port, { headers: bearer(keys.good) });
  await gateway.stop();
  expect([status, text]).toEqual([503, ""]);
  expect(gateway.output()).toContain("It fails");
});
