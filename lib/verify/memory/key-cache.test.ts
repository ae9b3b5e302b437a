import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keySnapshot } from "@/e2e/support/data/key-snapshot";
import { accessLevels } from "@/lib/core/access/access-level";
import { effectivePermissions, keyTypes } from "@/lib/core/access/effective-permissions";
import { builtInRoles } from "@/lib/core/access/role";
import { JsonText } from "@/lib/core/json/json-text";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { KeyCache } from "./key-cache";

const organizationId = randomUUID();

/** Ids have 16 characters. */
const idOf = (name: string) => name.padEnd(16, "-");
const key = (name: string, over: Partial<KeySnapshot> = {}) =>
  keySnapshot({ id: idOf(name), organizationId, ...over });

const ofUser = (userId: string, organization = organizationId) => [
  { organizationId: organization, keyId: null, userId },
];
const ofOrganization = [{ organizationId, keyId: null, userId: null }];
const ofKey = (name: string) => [{ organizationId, keyId: idOf(name), userId: null }];

/** The cached entry as a plain snapshot. */
function plain(kept: KeySnapshot | null | undefined): unknown {
  if (kept === null || kept === undefined) return kept;
  const { id, name, type, accessLevel, namespace, roles, creatorId, creatorLevel, keyCreators } = kept;
  const {
    maximumLifetimeDays,
    createdAt,
    expiresAt,
    pausedAt,
    revokedAt,
    deletedAt,
    allowedAddresses,
    rateLimit,
  } = kept;
  return {
    ...{ id, organizationId: kept.organizationId, name, type, accessLevel, namespace, roles, creatorId },
    ...{
      creatorLevel,
      keyCreators,
      maximumLifetimeDays,
      createdAt,
      expiresAt,
      pausedAt,
      revokedAt,
      deletedAt,
    },
    ...{ allowedAddresses, rateLimit, subject: kept.subject, metadata: kept.metadata },
    secrets: kept.secrets.map((secret) => {
      const { hash, pepperVersion, endsAt } = secret;
      return { id: secret.id, hash: Buffer.from(hash), pepperVersion, endsAt };
    }),
  };
}

const date = fc.date({ noInvalidDate: true });
const time = fc.option(date, { nil: null });
const snapshot: fc.Arbitrary<KeySnapshot> = fc.record({
  id: fc.stringMatching(/^[0-9A-Za-z]{16}$/),
  organizationId: fc.uuid(),
  name: fc.string(),
  subject: fc.option(fc.string(), { nil: null }),
  metadata: fc.option(fc.json().map(JsonText.of), { nil: null }),
  type: fc.constantFrom(...keyTypes),
  accessLevel: fc.constantFrom(...accessLevels),
  namespace: fc.record({ type: fc.constant("workspace" as const), id: fc.uuid() }),
  roles: fc.subarray([...builtInRoles]),
  creatorId: fc.uuid(),
  creatorLevel: fc.option(fc.constantFrom(...accessLevels), { nil: null }),
  keyCreators: fc.constantFrom(...accessLevels),
  maximumLifetimeDays: fc.option(fc.integer({ min: 1, max: 3650 }), { nil: null }),
  createdAt: date,
  expiresAt: time,
  pausedAt: time,
  revokedAt: time,
  deletedAt: time,
  allowedAddresses: fc.array(
    fc.ipV4().map((address) => `${address}/32`),
    { maxLength: 3 },
  ),
  rateLimit: fc.option(fc.record({ requests: fc.nat(), seconds: fc.nat() }), { nil: null }),
  secrets: fc.array(
    fc.record({
      id: fc.uuid(),
      hash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
      pepperVersion: fc.integer({ min: 0, max: 999_999 }),
      endsAt: time,
    }),
    { maxLength: 4 },
  ),
});

describe("KeyCache", () => {
  test("returns what was stored, and what derives from it", () => {
    fc.assert(
      fc.property(snapshot, (given) => {
        const cache = new KeyCache(10);
        cache.set(given.id, given);
        const kept = cache.get(given.id);
        expect(plain(kept)).toEqual(plain(given));
        expect(kept?.effective).toEqual(effectivePermissions(given));
      }),
    );
  });

  test("remembers that a key does not exist, until it does", () => {
    const cache = new KeyCache(10);
    expect(cache.get(idOf("a"))).toBeUndefined();
    cache.set(idOf("a"), null);
    expect(cache.get(idOf("a"))).toBeNull();
    cache.forget(ofKey("a"));
    expect(cache.get(idOf("a"))).toBeUndefined();
  });

  test("[L1] forgets only what a change concerns: a key, a creator's keys, an organization's keys", () => {
    const cache = new KeyCache(100);
    const elsewhere = randomUUID();
    const fill = () => {
      for (const each of [
        key("a"),
        key("b"),
        key("c", { creatorId: "ben" }),
        key("d", { organizationId: elsewhere }),
      ])
        cache.set(each.id, each);
    };
    const known = () => ["a", "b", "c", "d"].filter((id) => cache.get(idOf(id)) !== undefined);
    fill();
    cache.forget(ofKey("a"));
    expect(known()).toEqual(["b", "c", "d"]);
    fill();
    cache.forget(ofUser("ana"));
    expect(known()).toEqual(["c", "d"]);
    fill();
    cache.forget(ofOrganization);
    expect(known()).toEqual(["d"]);
    fill();
    cache.forget(ofUser("ana", elsewhere));
    expect(known()).toEqual(["a", "b", "c"]);
    fill();
    cache.forget("everything");
    expect(known()).toEqual([]);
  });

  test("never exceeds its size, and keeps used entries", () => {
    const cache = new KeyCache(100);
    cache.set(idOf("used"), key("used"));
    for (let index = 0; index < 10_000; index++) {
      cache.set(idOf(`k${index}`), index % 3 === 0 ? null : key(`k${index}`));
      expect(cache.size).toBeLessThanOrEqual(100);
      expect(cache.get(idOf("used"))?.name).toBe(`Key ${idOf("used")}`);
    }
    expect(cache.get(idOf("k1"))).toBeUndefined();
    expect(cache.get(idOf("k9998"))?.name).toBe(`Key ${idOf("k9998")}`);
  });

  test("[L1] forgets in both generations, whatever moves between them", () => {
    // A model: an unbounded map, of which the cache may hold less but never anything else.
    const step = fc.oneof(
      fc.record({
        kind: fc.constant("set" as const),
        id: fc.nat(30),
        creator: fc.constantFrom("ana", "ben"),
      }),
      fc.record({ kind: fc.constant("get" as const), id: fc.nat(30) }),
      fc.record({ kind: fc.constant("key" as const), id: fc.nat(30) }),
      fc.record({ kind: fc.constant("user" as const), creator: fc.constantFrom("ana", "ben") }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const cache = new KeyCache(12);
        const model = new Map<string, string>();
        for (const each of steps) {
          if (each.kind === "set") {
            model.set(`k${each.id}`, each.creator);
            cache.set(idOf(`k${each.id}`), key(`k${each.id}`, { creatorId: each.creator }));
          } else if (each.kind === "key") {
            model.delete(`k${each.id}`);
            cache.forget(ofKey(`k${each.id}`));
          } else if (each.kind === "user") {
            for (const [id, creator] of model) if (creator === each.creator) model.delete(id);
            cache.forget(ofUser(each.creator));
          } else {
            const found = cache.get(idOf(`k${each.id}`));
            if (found !== undefined) expect(found?.creatorId).toBe(model.get(`k${each.id}`));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
