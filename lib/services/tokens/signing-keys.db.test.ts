import type { JSONWebKeySet } from "jose";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { codeOf, granted, tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { env, setEnv } from "@/lib/env";
import { readKeySet } from "./read-key-set";
import { rotateSigningKey } from "./rotate-signing-key";

let client: ReturnType<typeof tokenClient>;
provideTestDatabase();
beforeAll(async () => {
  client = tokenClient(await createTestKey(await createTestOrganization("Signing")));
});
beforeEach(async () => {
  await database().signingKey.deleteMany();
});

const start = new Date(Math.floor(Date.now() / 1000) * 1000);
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const dayMinutes = 24 * 60;

const kidOf = (token: string) => decodeProtectedHeader(token).kid;
const kidsAt = async (at: Date) => (await readKeySet(at)).keys.map(({ kid }) => kid);

describe("the signing key", () => {
  test("is created on first use, once for many callers, and published without its private part", async () => {
    const [sets, tokens] = await Promise.all([
      Promise.all(Array.from({ length: 5 }, () => readKeySet(start))),
      Promise.all(Array.from({ length: 5 }, () => client.issue(start))),
    ]);
    expect(await database().signingKey.count()).toBe(1);
    const [set] = sets;
    expect(new Set(tokens.map(({ accessToken }) => kidOf(accessToken)))).toEqual(
      new Set(set?.keys.map(({ kid }) => kid)),
    );
    for (const key of set?.keys ?? []) {
      expect(Object.keys(key).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
    }
  });

  test("signs tokens that anybody can check with the published keys (RFC 9068, 4)", async () => {
    const { accessToken } = await client.issue(start);
    const keys = createLocalJWKSet((await readKeySet(start)) as unknown as JSONWebKeySet);
    const options = { issuer: env().appUrl, audience: env().appUrl, typ: "at+jwt", currentDate: start };
    expect((await jwtVerify(accessToken, keys, options)).payload.client_id).toMatch(/^key_/);
  });

  test("is replaced after 90 days: the next is published, then signs, and the old one is removed after its last token", async () => {
    const first = await client.issue(start);
    const due = 90 * dayMinutes;
    const last = await client.issue(later(due));
    expect(kidOf(last.accessToken)).toBe(kidOf(first.accessToken));
    const [next, old] = await kidsAt(later(due));
    expect(old).toBe(kidOf(first.accessToken));

    const before = await client.issue(later(due + 10 - 1 / 60));
    const after = await client.issue(later(due + 10));
    expect([kidOf(before.accessToken), kidOf(after.accessToken)]).toEqual([old, next]);
    expect(await codeOf(before.accessToken, later(due + 24))).toBe("good");
    expect(await kidsAt(later(due + 25))).toEqual([next, old]);
    expect(await kidsAt(later(due + 30))).toEqual([next]);
  });

  test("that is compromised ends its access tokens, but no refresh token", async () => {
    const issued = await client.issue(start);
    // Verified once, so that this process caches the public key.
    expect(await codeOf(issued.accessToken, start)).toBe("good");
    await rotateSigningKey("compromised", later(1));
    expect(await codeOf(issued.accessToken, later(1))).toBe("key_unknown");
    const next = granted(await client.refresh(later(1), issued.refreshToken));
    expect(await codeOf(next.accessToken, later(1))).toBe("good");
    expect(await kidsAt(later(1))).toEqual([kidOf(next.accessToken)]);
  });

  test("is rotated to one next key by many at once, and one remains when many replace it", async () => {
    const issued = await client.issue(start);
    expect(await codeOf(issued.accessToken, later(1))).toBe("good");
    const due = 90 * dayMinutes;
    await Promise.all(Array.from({ length: 5 }, () => readKeySet(later(due))));
    expect(await kidsAt(later(due))).toHaveLength(2);
    await Promise.all([1, 2].map(() => rotateSigningKey("compromised", later(due + 1))));
    expect(await kidsAt(later(due + 1))).toHaveLength(1);
    const { accessToken } = await client.issue(later(due + 1));
    expect(await codeOf(accessToken, later(due + 1))).toBe("good");
  });

  test("is sealed: no other pepper opens it, and with another pepper a new key signs", async () => {
    const issued = await client.issue(start);
    const before = env();
    const select = { publicJwk: true, sealedPrivateKey: true };
    const { publicJwk, sealedPrivateKey } = await database().signingKey.findFirstOrThrow({ select });
    expect(JSON.stringify(publicJwk)).not.toContain('"d"');
    expect(Buffer.from(sealedPrivateKey).toString("latin1")).not.toContain("PRIVATE");
    for (const [version, at] of [
      [1, 1],
      [7, 2],
    ] as const) {
      delete (globalThis as { latchkeySigner?: unknown }).latchkeySigner;
      const peppers = new Map([[version, Buffer.alloc(32, version)]]);
      const kept = new Map([...before.peppers.byVersion, ...peppers]);
      // The API key's own secret still has to be verified, so its pepper is kept if possible.
      const byVersion = version === 1 ? before.peppers.byVersion : kept;
      setEnv({ ...before, peppers: { current: version, byVersion } });
      const next = await client.issue(later(at));
      expect(await codeOf(next.accessToken, later(at))).toBe("good");
      expect(await codeOf(issued.accessToken, later(at))).toBe("good");
      setEnv(before);
    }
  });
});
