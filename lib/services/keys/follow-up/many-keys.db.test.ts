import { beforeEach, expect, test } from "vitest";
import { insertManyKeys } from "@/e2e/support/data/many/many-keys";
import { createTestKey, type TestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, type TestOrganization, value } from "@/e2e/support/data/test-organization";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { checkAuditChain } from "@/lib/services/audit/verify-audit-chains";
import { reportLeakedKey } from "@/lib/services/leaks/report-leaked-key";
import { loadKeySnapshot } from "@/lib/verify/memory/key-snapshot";
import { deleteKey } from "../delete-key";
import { pauseKey, resumeKey } from "../pause-key";
import { revokeKey } from "../revoke-key";
import { rollKey } from "../roll-key";
import { carryOutFollowUps } from "./carry-out-follow-ups";
import { keysWithRows } from "./follow-later";

provideTestDatabase();

const count = keysWithRows + 2;
let organization: TestOrganization;
let key: TestKey;
let made: string[];

/** A key whose tokens created many keys. */
beforeEach(async () => {
  organization = await createTestOrganization("Many");
  key = await createTestKey(organization);
  await tokenClient(key).issue(new Date());
  const family = await database().tokenFamily.findFirstOrThrow({ where: { keyId: key.id } });
  const madeWith = { keyId: key.id, familyId: family.id };
  made = await insertManyKeys({ organization, count, creatorId: organization.userIds.OWNER, madeWith });
});

const owner = (at = new Date()) => organization.as("OWNER", at);
const childrenNow = async () => {
  const all = await Promise.all(made.slice(0, 5).map((id) => loadKeySnapshot(id)));
  return all.map((child) => (child?.revokedAt ? "revoked" : child?.pausedAt ? "paused" : "live"));
};
const each = (state: string) => made.slice(0, 5).map(() => state);
const entries = (action: string) =>
  database().auditEntry.count({ where: { organizationId: organization.id, action, targetId: { in: made } } });
const ofRow = (where: object) => database().apiKey.count({ where: { id: { in: made }, ...where } });

async function carryOut(): Promise<void> {
  let more = true;
  while (more) more = await carryOutFollowUps(new Date(), new AbortController().signal);
}

async function expectAllRevoked(reason: "policy", by: string | null) {
  expect(await childrenNow()).toEqual(each("revoked"));
  // The row of the key itself says that it ended; the keys it created have only ended in effect.
  expect(await ofRow({ revokedAt: null })).toBe(count);
  await carryOut();
  expect(await childrenNow()).toEqual(each("revoked"));
  expect(await ofRow({ revocationReason: reason, revokedById: by, liveCreatorId: null })).toBe(count);
  expect(await entries("key.revoked")).toBe(count);
  expect(await database().revocationReceipt.count({ where: { keyId: { in: made } } })).toBe(count);
  expect(await database().followUp.count()).toBe(0);
  expect(await checkAuditChain({ id: organization.id, slug: "" })).toMatchObject({ faults: [] });
}

test.each([
  ["revoked", async (): Promise<unknown> => value(await revokeKey(await owner(), { keyId: key.id }))],
  ["deleted", async (): Promise<unknown> => value(await deleteKey(await owner(), { keyId: key.id }))],
  [
    "rolled at once",
    async (): Promise<unknown> => value(await rollKey(await owner(), { keyId: key.id, graceSeconds: 0 })),
  ],
] as const)("a key whose tokens made very many keys is %s, and none of them is accepted", async (_, end) => {
  await end();
  await expectAllRevoked("policy", organization.userIds.OWNER);
});

test("anybody who found the token ends the key and all keys that its tokens created", async () => {
  const origin = { at: new Date(), address: "203.0.113.1", userAgent: null, requestId: null };
  expect(value(await reportLeakedKey({ token: key.token }, origin)).keyId).not.toBeNull();
  expect((await loadKeySnapshot(key.id))?.revokedAt).not.toBeNull();
  await expectAllRevoked("policy", null);
});

test("where leaked keys are only paused, all of them are paused with it", async () => {
  const { id } = organization;
  await database().organization.update({
    where: { id },
    data: { pauseLeakedKeys: true },
    select: { id: true },
  });
  const origin = { at: new Date(), address: "203.0.113.1", userAgent: null, requestId: null };
  value(await reportLeakedKey({ token: key.token }, origin));
  expect((await loadKeySnapshot(key.id))?.pausedAt).toEqual(origin.at);
  expect(await childrenNow()).toEqual(each("paused"));
  await carryOut();
  expect(await ofRow({ pausedAt: origin.at, pausedById: null })).toBe(count);
});

test("it is paused and resumed with all of them, even before the rows of the pause are written", async () => {
  value(await pauseKey(await owner(), { keyId: key.id }));
  expect(await childrenNow()).toEqual(each("paused"));
  value(await resumeKey(await owner(), { keyId: key.id }));
  expect(await childrenNow()).toEqual(each("live"));
  value(await pauseKey(await owner(), { keyId: key.id }));
  expect(await childrenNow()).toEqual(each("paused"));
  await carryOut();
  expect(await ofRow({ pausedById: organization.userIds.OWNER })).toBe(count);
  expect(await entries("key.paused")).toBe(2 * count);
  expect(await entries("key.resumed")).toBe(count);

  value(await resumeKey(await owner(), { keyId: key.id }));
  expect(await childrenNow()).toEqual(each("live"));
  await carryOut();
  expect(await childrenNow()).toEqual(each("live"));
  expect(await ofRow({ pausedAt: null })).toBe(count);
});

test("alternating pauses and resumptions pile up a bounded amount of work, and a revocation is never refused", async () => {
  const turn = async () => {
    value(await pauseKey(await owner(), { keyId: key.id }));
    return resumeKey(await owner(), { keyId: key.id });
  };
  value(await turn());
  expect(await turn()).toMatchObject({ ok: false, code: "conflict" });
  expect(await childrenNow()).toEqual(each("paused"));
  await carryOut();
  value(await resumeKey(await owner(), { keyId: key.id }));
  value(await turn());
  value(await revokeKey(await owner(), { keyId: key.id }));
  expect(await childrenNow()).toEqual(each("revoked"));
});

test("one of them can be changed in between, based on its effective state", async () => {
  value(await pauseKey(await owner(), { keyId: key.id }));
  const [first = "", second = ""] = made;
  value(await resumeKey(await owner(), { keyId: first }));
  value(await revokeKey(await owner(), { keyId: second }));
  expect(await childrenNow()).toEqual(["live", "revoked", "paused", "paused", "paused"]);
  await carryOut();
  expect(await childrenNow()).toEqual(["live", "revoked", "paused", "paused", "paused"]);
  expect(await entries("key.paused")).toBe(count);
  const ofSecond = { where: { targetId: second }, orderBy: { sequence: "asc" } } as const;
  expect((await database().auditEntry.findMany(ofSecond)).map(({ action }) => action)).toEqual([
    "key.paused",
    "key.revoked",
  ]);
});

test("work that a process leaves is done by the next one, once for each key", async () => {
  value(await revokeKey(await owner(), { keyId: key.id }));
  await carryOutFollowUps(new Date(), new AbortController().signal);
  expect(await ofRow({ revokedAt: null })).toBe(count - 200);
  const twoNodes = [carryOut(), carryOut()];
  await Promise.all(twoNodes);
  expect(await entries("key.revoked")).toBe(count);
});
