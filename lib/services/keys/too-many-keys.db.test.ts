import { beforeAll, expect, test } from "vitest";
import { sha256Of } from "@/e2e/support/data/import-test-keys";
import { keyInput } from "@/e2e/support/data/key-input";
import { insertManyKeys } from "@/e2e/support/data/many/many-keys";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, type TestOrganization, value } from "@/e2e/support/data/test-organization";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { keysOfFamilyMaximum } from "@/lib/core/maximums/maximums";
import { database, inTransaction } from "@/lib/db/client";
import { keyContext } from "@/lib/services/access/key-context";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { authenticateToken } from "@/lib/verify/verdict/authenticate-token";
import { generateKey } from "./generate-key";
import { importKeys } from "./import/import-keys";
import { insertKey } from "./insert-key";
import { refuseTooManyKeys } from "./refuse-too-many-keys";
import { revokeKey } from "./revoke-key";

provideTestDatabase();
let organization: TestOrganization;
beforeAll(async () => {
  organization = await createTestOrganization("Limits");
});

const origin = (at = new Date()) => ({ at, address: null, userAgent: null, requestId: null });
const dayMs = 24 * 60 * 60 * 1000;

/** An access token of a new key, whose family has already created this many keys. */
async function provisioner(made: number) {
  const key = await createTestKey(organization, { accessLevel: "OWNER" });
  const { accessToken } = await tokenClient(key).issue(new Date());
  const { id: familyId } = await database().tokenFamily.findFirstOrThrow({ where: { keyId: key.id } });
  const madeWith = { keyId: key.id, familyId };
  const creatorId = organization.userIds.OWNER;
  const ids = made === 0 ? [] : await insertManyKeys({ organization, count: made, creatorId, madeWith });
  const asToken = async () => keyContext(value(await authenticateToken(accessToken, new Date())), origin());
  const asKey = async () => keyContext(value(await authenticateToken(key.token, new Date())), origin());
  return { key, familyId, ids, asToken, asKey };
}

const expiresAt = new Date(Date.now() + dayMs);
const input = () => keyInput(organization, { roles: ["read_only"], expiresAt });

test("[L12] the tokens of one exchange have at most 1,000 live keys, even with two requests at once", async () => {
  const { ids, familyId, asToken, asKey } = await provisioner(keysOfFamilyMaximum - 1);
  const make = async () => generateKey(await asToken(), input());
  const both = await Promise.all([make(), make()]);
  expect(both.map((each) => (each.ok ? "made" : each.code)).sort()).toEqual(["conflict", "made"]);
  expect(await database().apiKey.count({ where: { createdByFamilyId: familyId } })).toBe(keysOfFamilyMaximum);
  expect(await make()).toMatchObject({
    code: "conflict",
    detail:
      "The tokens of one exchange can have 1,000 live keys, and there are as many. Revoke some, or exchange the key for tokens again.",
  });
  // The limit does not bind the key itself, and a revoked key makes room.
  value(await generateKey(await asKey(), input()));
  value(await revokeKey(await organization.as("OWNER"), { keyId: ids[0] ?? "" }));
  value(await make());
  expect(await make()).toMatchObject({ code: "conflict" });
});

test("[L12] an import counts each of its keys, and says how many more are allowed", async () => {
  const { familyId, asToken } = await provisioner(keysOfFamilyMaximum - 1);
  const keys = ["one", "two"].map((token) => ({
    ...{ ...input(), expiresAt },
    sha256: sha256Of(`${familyId} ${token}`),
  }));
  expect(await importKeys(await asToken(), { keys })).toMatchObject({
    code: "conflict",
    detail: expect.stringMatching(/^No key was imported\. .* room for 1 more/),
  });
  value(await importKeys(await asToken(), { keys: keys.slice(1) }));
  expect(await database().apiKey.count({ where: { createdByFamilyId: familyId } })).toBe(keysOfFamilyMaximum);
});

/** May a creator have one more key at this time, under this limit? */
async function mayMake(whose: TestOrganization, at: Date, ofCreator: number): Promise<boolean> {
  const context = await whose.as("MEMBER", at);
  const refused = await inTransaction(async (transaction) => {
    const membership = await lockMembership(transaction, context.organization.id, context.actor.userId);
    if (membership === null) throw new Error("no member");
    const added = { membership, familyId: null, count: 1 };
    return refuseTooManyKeys(transaction, context, added, { ofFamily: 0, ofCreator });
  });
  expect(refused).toEqual(refused === null ? null : expect.objectContaining({ code: "conflict" }));
  return refused === null;
}

test("[L12] a creator has a limited number of live keys; an expired one counts for another day", async () => {
  const end = new Date("2026-03-01T00:00:00.000Z");
  const after = (hours: number) => new Date(end.getTime() + hours * 3_600_000);
  const theirs = { creator: "MEMBER", accessLevel: "MEMBER" } as const;
  await createTestKey(organization, { ...theirs, expiresAt: end });
  const lasting = await createTestKey(organization, theirs);
  expect([await mayMake(organization, after(-1), 2), await mayMake(organization, after(-1), 3)]).toEqual([
    ...[false, true],
  ]);
  expect([await mayMake(organization, after(23), 2), await mayMake(organization, after(25), 2)]).toEqual([
    ...[false, true],
  ]);
  expect(await mayMake(organization, after(25), 1)).toBe(false);
  value(await revokeKey(await organization.as("OWNER"), { keyId: lasting.id }));
  expect(await mayMake(organization, after(25), 1)).toBe(true);
  // Keys of others, and the person's keys in another organization, do not count.
  const other = await createTestOrganization("Others");
  await createTestKey(other);
  expect(await mayMake(other, after(0), 1)).toBe(true);
});

test("[L12] two requests for the last key of a creator wait for each other", async () => {
  const { OWNER } = organization.userIds;
  const before = await database().apiKey.count({ where: { liveCreatorId: OWNER } });
  const make = async () => {
    const context = await organization.as("OWNER");
    return inTransaction(async (transaction) => {
      const membership = await lockMembership(transaction, context.organization.id, OWNER);
      if (membership === null) throw new Error("no member");
      const added = { membership, familyId: null, count: 1 };
      const refused = await refuseTooManyKeys(transaction, context, added, {
        ofFamily: 0,
        ofCreator: before + 1,
      });
      if (refused !== null) return refused.code;
      await insertKey(transaction, {
        ...{ organizationId: context.organization.id, creatorId: OWNER, createdAt: new Date() },
        ...input(),
        expiresAt: null,
      });
      return "made";
    });
  };
  expect((await Promise.all([make(), make(), make()])).sort()).toEqual(["conflict", "conflict", "made"]);
});
