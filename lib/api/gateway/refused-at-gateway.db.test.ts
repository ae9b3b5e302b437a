import pg from "pg";
import { describe, expect, test, vi } from "vitest";
import { send } from "@/e2e/support/api/raw-requests";
import { foreignToken, importTestKeys } from "@/e2e/support/data/import-test-keys";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideGateway } from "@/e2e/support/gateways/ask-as-gateway";
import { underOneLease } from "@/e2e/support/timing/under-one-lease";
import { database } from "@/lib/db/client";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";
import { rateLimits } from "../admit/rate-limits";

const { api, tenants, key, ask } = provideGateway();
const past = new Date("2026-01-02");

describe("[L16] a gateway is told to refuse", () => {
  const elsewhere = { organization: randomUuid(1), application: randomUuid(2) };
  const refusals: Record<string, [string, number, () => Promise<TestKey | undefined>, string?]> = {
    "no key": ["key_missing", 401, async () => undefined],
    "a malformed one": ["key_malformed", 401, async () => ({ id: "", token: "lk_sk_short" })],
    "one that does not exist": ["key_unknown", 401, async () => made(randomKeyId())],
    "another secret of a key": ["key_unknown", 401, async () => made((await key()).id)],
    "another organization's": ["key_unknown", 401, () => createTestKey(tenants.other)],
    "an expired one": ["key_expired", 401, () => key({ expiresAt: past })],
    "a paused one": ["key_paused", 401, () => changed(({ id }) => pauseTestKey(id))],
    "a revoked one": ["key_revoked", 401, () => changed((one) => endTestKey(one, { revokedAt: past }))],
    "a rolled out secret": ["key_rolled", 401, () => changed(({ id }) => endSecret(id))],
    "one without the permission": ["forbidden", 403, () => key(), "audit:read,users:delete/-"],
    "one of another namespace": ["forbidden", 403, () => key(), `-/application:${elsewhere.application}`],
    "one of another address": ["forbidden", 403, () => key({ allowedAddresses: ["203.0.113.0/24"] })],
    "an access token": [
      "key_malformed",
      401,
      async () => ({ id: "", token: "eyJhbGciOiJFUzI1NiJ9.e30.c2ln" }),
    ],
  };

  test.each(Object.entries(refusals))("%s", async (_, [code, status, make, demand]) => {
    const made = await make();
    for (const way of ["forward-auth", "auth-request"]) {
      const reply = await ask(made?.token, demand, {}, way);
      expect([reply.status, reply.json.code, reply.headers.get("x-latchkey-code")]).toEqual([
        status,
        code,
        code,
      ]);
      const told = [...reply.headers.keys()].filter((name) => name.startsWith("x-latchkey-"));
      expect(told).toEqual(["x-latchkey-code"]);
      expect(reply.headers.has("www-authenticate")).toBe(
        status === 401 || demand?.startsWith("audit") === true,
      );
      if (made !== undefined && made.token !== "") expect(reply.text).not.toContain(made.token);
    }
  });

  test("a request with two credentials", async () => {
    const { token } = await key();
    const { token: second } = await key();
    const two = await ask(token, "-/-", { "X-API-Key": second });
    expect([two.status, two.json.code]).toEqual([401, "key_malformed"]);
    expect((await ask(token, "-/-", { "X-API-Key": token })).status).toBe(200);
    expect((await ask(undefined, "-/-", { Authorization: "Basic eDp5", "X-API-Key": token })).status).toBe(
      200,
    );
    const raw = await api.exchange(
      `GET /v1/forward-auth/${tenants.acme.slug}/-/- HTTP/1.1\r\nHost: x\r\nConnection: close\r\n`,
      `Authorization: Bearer ${token}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    expect(raw).toMatch(/^HTTP\/1\.1 401 /);
  });

  test("a key that lacks the permission, whatever path the client adds", async () => {
    const { token } = await key();
    for (const rest of ["/../../../-/-", "/%2e%2e/%2e%2e/%2e%2e/-/-", "/..%2f..%2f..%2f-/-"]) {
      const raw = await api.exchange(
        `GET /v1/forward-auth/${tenants.acme.slug}/users:delete/-${rest} HTTP/1.1\r\nHost: x\r\n`,
        `Connection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      );
      expect(raw).toMatch(/^HTTP\/1\.1 403 /);
    }
  });

  test("keys of an unknown organization, with the same answer as for an existing one", async () => {
    const importing = await createTestOrganization("Importing");
    await importTestKeys(importing, [foreignToken()]);
    for (const token of [(await key()).token, made(randomKeyId()).token, "lk_sk_short", foreignToken()]) {
      const said = async (slug: string) => {
        const { status, json, headers } = await api.call(`/v1/forward-auth/${slug}/-/-`, token);
        return [status, json.code, json.detail, headers.get("www-authenticate")];
      };
      const nowhere = await said("no-such-organization");
      for (const { slug } of [importing, tenants.other]) expect(await said(slug), token).toEqual(nowhere);
    }
  });

  test("everything, as its own fault, when it asks at a wrong URL", async () => {
    const { token } = await key();
    for (const wrong of ["reports/-", "-/nowhere", "a:b,/-"]) {
      const reply = await ask(token, wrong);
      expect([reply.status, reply.json.code, reply.headers.get("www-authenticate")]).toEqual([
        503,
        "unavailable",
        null,
      ]);
    }
    for (const short of ["/v1/forward-auth/", "/v1/auth-request/acme", "/v1/forward-auth/acme/-"]) {
      expect((await send(api, "GET", short, { headers: { Host: "x" } })).status, short).toBe(503);
    }
  });

  test("a key that has used up its rate limit, which nginx learns as 403", async () => {
    const { token } = await key({ rateLimit: { requests: 1, seconds: 3600 } });
    const first = await ask(token);
    expect([first.status, first.headers.get("ratelimit")]).toEqual([200, '"own";r=0;t=3600']);
    for (const [way, status] of [
      ["forward-auth", 429],
      ["auth-request", 403],
    ] as const) {
      const reply = await ask(token, "-/-", {}, way);
      expect([reply.status, reply.json.status, reply.headers.get("x-latchkey-code")]).toEqual([
        status,
        status,
        "rate_limited",
      ]);
      expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(3500);
      expect(reply.headers.get("www-authenticate")).toBeNull();
    }
  });
});

test("[L16] a foreign key costs the same queries whether the organization exists or not", async () => {
  const importing = await createTestOrganization("Also importing");
  await importTestKeys(importing, [foreignToken()]);
  const others = await Promise.all(Array.from({ length: 30 }, () => createTestKey(tenants.other)));
  const tokens: Record<string, () => string> = {
    "another organization's": () => others.pop()?.token ?? "",
    "one that does not exist": () => made(randomKeyId()).token,
    "a malformed one": () => "lk_sk_short",
    "one of another system": foreignToken,
  };
  await startChangeFeed();
  const spy = vi.spyOn(pg.Client.prototype, "query");
  const asked = () =>
    spy.mock.calls
      .map(([query]) => (query as { name?: string } | undefined)?.name ?? "")
      .filter((name) => /_(?:organizations_by_slug|imported_tokens|key_snapshots)$/.test(name))
      .sort();
  try {
    for (const [kind, make] of Object.entries(tokens)) {
      for (const isKnown of [false, true]) {
        const told: Record<string, string[]> = {};
        for (const slug of [tenants.acme.slug, importing.slug, "no-such-organization"]) {
          told[slug] = await underOneLease(async () => {
            const token = make();
            const call = () => api.call(`/v1/forward-auth/${slug}/-/-`, token);
            // Makes this node cache the organization and, if `isKnown`, the token.
            await (isKnown ? call() : api.call(`/v1/forward-auth/${slug}/-/-`, made(randomKeyId()).token));
            spy.mockClear();
            expect((await call()).status).toBe(401);
            return asked();
          });
        }
        const [one, ...rest] = Object.values(told);
        expect(one?.length, kind).toBeGreaterThan(0);
        for (const another of rest) expect(another, kind).toEqual(one);
      }
    }
  } finally {
    spy.mockRestore();
    await stopChangeFeed();
  }
});

test("[L16] an address with too many bad keys is refused, but not the keys that were good there", async () => {
  const { token } = await key();
  const from = { "X-Forwarded-For": "203.0.113.99" };
  expect((await ask(token, "-/-", from)).status).toBe(200);
  rateLimits.failures.take("203.0.113.99", performance.now() + 3_600_000, 1_200);
  const { token: late } = await key();
  expect((await ask("lk_sk_no", "-/-", from)).status).toBe(429);
  expect((await ask(late, "-/-", from)).headers.get("ratelimit-policy")).toBe('"failures";q=1200;w=60');
  expect((await ask(token, "-/-", from)).status).toBe(200);
  expect((await ask(late, "-/-", { "X-Forwarded-For": "203.0.113.98" })).status).toBe(200);
});

function made(id: string): TestKey {
  return { id, token: buildToken("secret", id) };
}

function randomUuid(last: number): string {
  return `01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d1${last}`;
}

async function changed(change: (made: TestKey) => Promise<unknown>): Promise<TestKey> {
  const made = await key();
  await change(made);
  return made;
}

async function endSecret(keyId: string): Promise<void> {
  await database().apiKeySecret.updateMany({ where: { keyId }, data: { endsAt: past } });
}
