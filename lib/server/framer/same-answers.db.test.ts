import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openConnection, readAnswers } from "@/e2e/support/api/raw-connection";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { rateLimits } from "@/lib/api/admit/rate-limits";
import { operations } from "@/lib/api/all-operations";
import { createApiListener } from "@/lib/api/listener";
import { database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { createDoor } from "../door";
import type { HttpServer } from "../http-server";
import { createHttpServer } from "../http-server";
import { FramedConnection } from "./framed-connection";

// Sends the same bytes on two connections, one of them framed, and compares the responses header by header.

const trusted = ["127.0.0.0/8"];
const api = provideTestApi(operations, trusted);
let node: HttpServer;
let organization: TestOrganization;
let caller: TestKey;
beforeAll(async () => {
  const door = createDoor({ trustedProxies: trusted, answerApi: createApiListener(), answerPage: null });
  node = createHttpServer(door, { keepAliveSeconds: 120, upgrade: null, answerFramed: null });
  node.server.listen(0, "127.0.0.1");
  await once(node.server, "listening");
  organization = await createTestOrganization("Same");
  caller = await createTestKey(organization);
});
afterAll(() => {
  for (const connection of node.connections) connection.destroy();
  node.server.close();
});
beforeEach(() => void vi.spyOn(log(), "error").mockReturnValue());

type Asked = { readonly headers?: readonly string[]; readonly body?: unknown; readonly target?: string };

function bytesOf({ headers, body, target = "/v1/keys/verify" }: Asked): string {
  const lines = headers ?? [`Authorization: Bearer ${caller.token}`, "Content-Type: application/json"];
  const head = [...lines, "X-Request-Id: same", "X-Forwarded-For: 203.0.113.7"].join("\r\n");
  if (body === undefined) return `GET ${target} HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return `POST ${target} HTTP/1.1\r\nHost: x\r\n${head}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

async function answers(port: number, asked: Asked): Promise<string> {
  const socket = await openConnection(port);
  const answer = await readAnswers(socket, bytesOf(asked));
  socket.destroy();
  // Both requests count against the key's limit, so its headers differ.
  return answer
    .replace(/\r\nDate: [^\r]+ GMT/g, "\r\nDate: now")
    .replace(/((?:;[rt]=)|Retry-After: |"(?:remaining|reset_seconds|retry_after_seconds)":)\d+/g, "$1n");
}

/** Sends the request both ways, and returns the status and code on which they agree. */
async function same(asked: Asked): Promise<[number, string]> {
  const framed = vi.spyOn(FramedConnection.prototype, "end");
  const ports = [Number(new URL(api.url).port), (node.server.address() as AddressInfo).port];
  const [ours, nodes] = [await answers(ports[0] ?? 0, asked), await answers(ports[1] ?? 0, asked)];
  expect(framed).toHaveBeenCalledTimes(1);
  framed.mockRestore();
  expect(ours).toBe(nodes);
  const code = /"code":"(\w+)"/.exec(ours)?.[1] ?? "";
  return [Number(ours.slice(9, 12)), code];
}

const key = (over: Parameters<typeof createTestKey>[1] = {}) => createTestKey(organization, over);
const past = new Date("2026-01-02");
const nobodys = () => buildToken("secret", randomKeyId());
const bearer = (token: string, ...more: string[]) => [
  `Authorization: Bearer ${token}`,
  "Content-Type: application/json",
  ...more,
];

async function changed(change: (one: TestKey) => Promise<unknown>, over = {}): Promise<TestKey> {
  const one = await key(over);
  await change(one);
  return one;
}
const paused = () => changed(({ id }) => pauseTestKey(id));
const revoked = () => changed((one) => endTestKey(one, { revokedAt: past }));
const rolled = () =>
  changed(({ id }) => database().apiKeySecret.updateMany({ where: { keyId: id }, data: { endsAt: past } }));
const usedUp = () => key({ rateLimit: { requests: 1, seconds: 3600 } });

const verdicts: Record<string, () => Promise<Asked>> = {
  VALID: async () => ({
    body: { key: (await key({ name: "Schlüssel 🔑", metadata: '{"a":1.0,"ü":"✓"}' })).token },
  }),
  EXPIRED: async () => ({ body: { key: (await key({ expiresAt: past })).token } }),
  PAUSED: async () => ({ body: { key: (await paused()).token } }),
  ROLLED: async () => ({ body: { key: (await rolled()).token } }),
  REVOKED: async () => ({ body: { key: (await revoked()).token } }),
  INSUFFICIENT_PERMISSIONS: async () => ({ body: { key: (await key()).token, permissions: ["a:b"] } }),
  WRONG_NAMESPACE: async () => ({
    body: { key: (await key()).token, namespace: { type: "application", id: crypto.randomUUID() } },
  }),
  FORBIDDEN_IP: async () => ({
    body: { key: (await key({ allowedAddresses: ["10.0.0.0/8"] })).token, ip: "1.2.3.4" },
  }),
  MALFORMED: async () => ({ body: { key: "x" } }),
  UNKNOWN: async () => ({ body: { key: nobodys() } }),
};

test.each(Object.entries(verdicts))("a verification that is %s", async (code, make) => {
  expect(await same(await make())).toEqual([200, code]);
});

test("a verification that is RATE_LIMITED, and one of a caller that is", async () => {
  const limited = await usedUp();
  await api.verify({ key: limited.token }, caller.token);
  expect(await same({ body: { key: limited.token } })).toEqual([200, "RATE_LIMITED"]);
  const asking = await usedUp();
  await api.verify({ key: "x" }, asking.token);
  expect(await same({ headers: bearer(asking.token), body: { key: "x" } })).toEqual([429, "rate_limited"]);
});

const refused: Record<string, [number, () => Promise<Asked>]> = {
  key_missing: [401, async () => ({ headers: ["Content-Type: application/json"], body: {} })],
  key_malformed: [401, async () => ({ headers: bearer("lk_sk_short"), body: {} })],
  key_unknown: [401, async () => ({ headers: bearer(nobodys()), body: {} })],
  key_expired: [401, async () => ({ headers: bearer((await key({ expiresAt: past })).token), body: {} })],
  key_paused: [401, async () => ({ headers: bearer((await paused()).token), body: {} })],
  key_rolled: [401, async () => ({ headers: bearer((await rolled()).token), body: {} })],
  key_revoked: [401, async () => ({ headers: bearer((await revoked()).token), body: {} })],
  "forbidden, without the permission": [
    403,
    async () => ({ headers: bearer((await key({ roles: [] })).token), body: {} }),
  ],
  "forbidden, from elsewhere": [
    403,
    async () => ({ headers: bearer((await key({ allowedAddresses: ["10.0.0.0/8"] })).token), body: {} }),
  ],
  "forbidden, from a page": [
    403,
    async () => ({ headers: bearer(caller.token, "Origin: https://evil.example"), body: {} }),
  ],
  "invalid_request, two credentials": [
    400,
    async () => ({ headers: bearer(caller.token, "X-API-Key: y"), body: {} }),
  ],
  "invalid_request, no JSON": [400, async () => ({ body: "{" })],
  "invalid_request, a repeated field": [400, async () => ({ body: '{"key":"x","key":"y"}' })],
  "invalid_request, unknown fields": [400, async () => ({ body: { key: "x", ü: 1 } })],
  unsupported_media_type: [415, async () => ({ headers: bearer(caller.token).slice(0, 1), body: {} })],
  "unsupported_media_type, compressed": [
    415,
    async () => ({ headers: bearer(caller.token, "Content-Encoding: gzip"), body: {} }),
  ],
};

test.each(Object.entries(refused))("a refusal: %s", async (code, [status, make]) => {
  expect(await same(await make())).toEqual([status, code.split(",")[0]]);
});

const batch = "/v1/keys/verify-batch";

test("a batch, of keys in memory and others, and its refusals", async () => {
  const keys = [
    { key: (await key()).token },
    { key: (await revoked()).token },
    { key: "x" },
    { key: nobodys() },
  ];
  expect(await same({ target: batch, body: { keys } })).toEqual([200, "VALID"]);
  expect(await same({ target: batch, body: { keys: [] } })).toEqual([400, "invalid_request"]);
  expect(await same({ target: batch, body: "{" })).toEqual([400, "invalid_request"]);
  expect(await same({ target: batch, headers: bearer(nobodys()), body: {} })).toEqual([401, "key_unknown"]);
  const powerless = bearer((await key({ roles: [] })).token);
  expect(await same({ target: batch, headers: powerless, body: {} })).toEqual([403, "forbidden"]);
});

test("a fault, and too many bad credentials", async () => {
  const take = vi.spyOn(rateLimits.verify, "take").mockImplementation(() => {
    throw new Error("broken");
  });
  expect(await same({ body: { key: "x" } })).toEqual([500, "internal"]);
  take.mockImplementation(() => {
    throw Object.assign(new Error("gone"), { code: "P1001" });
  });
  const [status] = await same({ body: { key: "x" } });
  expect(status).toBeGreaterThanOrEqual(500);
  take.mockRestore();
  const state = { allowed: false, remaining: 0, resetSeconds: 60, retryAfterSeconds: 60 };
  vi.spyOn(rateLimits.failures, "isUsed", "get").mockReturnValue(true);
  vi.spyOn(rateLimits.failures, "look").mockReturnValue(state);
  expect(await same({ headers: bearer(nobodys()), body: {} })).toEqual([429, "rate_limited"]);
  vi.restoreAllMocks();
});

const gateways: Record<string, [number, () => Promise<string | null>, string?]> = {
  "a good key": [200, async () => (await key({ name: "ü", metadata: '{"a":1.0}' })).token],
  "no key": [401, async () => null],
  "a malformed key": [401, async () => "lk_sk_short"],
  "an unknown key": [401, async () => nobodys()],
  "a paused key": [401, async () => (await paused()).token],
  "a revoked key": [401, async () => (await revoked()).token],
  "a key without the permission": [403, async () => (await key()).token, "a:b/-"],
  "a wrong address": [503, async () => (await key()).token, "A/-"],
};

test.each(Object.entries(gateways))("[L16] a gateway with %s", async (_, [status, make, demand = "-/-"]) => {
  const token = await make();
  for (const way of ["forward-auth", "auth-request"]) {
    const headers = token === null ? [] : [`X-API-Key: ${token}`];
    const target = `/v1/${way}/${organization.slug}/${demand}/a/b?c=d`;
    expect((await same({ headers, target }))[0]).toBe(status);
  }
});
