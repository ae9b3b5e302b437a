import { beforeEach, expect, test } from "vitest";
import { insertManyKeys } from "@/e2e/support/data/many/many-keys";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, type TestOrganization, value } from "@/e2e/support/data/test-organization";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { takeGrant } from "@/lib/services/grants/take-grant";
import { carryOutFollowUps } from "@/lib/services/keys/follow-up/carry-out-follow-ups";
import { keysWithRows } from "@/lib/services/keys/follow-up/follow-later";
import { deleteResource } from "@/lib/services/resources/delete-resource";
import { loadKeySnapshot } from "@/lib/verify/memory/key-snapshot";
import { changeAccessLevel } from "./change-access-level";
import { removeMember } from "./remove-member";

provideTestDatabase();

const count = keysWithRows + 2;
let organization: TestOrganization;
let userId: string;

beforeEach(async () => {
  organization = await createTestOrganization("Many");
  userId = organization.userIds.ADMIN;
});

const owner = () => organization.as("OWNER", new Date());
const rows = (ids: readonly string[], where: object) =>
  database().apiKey.count({ where: { id: { in: [...ids] }, ...where } });

async function carryOut(): Promise<void> {
  let more = true;
  while (more) more = await carryOutFollowUps(new Date(), new AbortController().signal);
}

async function expectEnded(ids: readonly string[], revocationReason: "creator_removed" | "resource_deleted") {
  expect((await loadKeySnapshot(ids[0] ?? ""))?.revokedAt).toBeInstanceOf(Date);
  expect((await loadKeySnapshot(ids.at(-1) ?? ""))?.revokedAt).toBeInstanceOf(Date);
  expect(await rows(ids, { revokedAt: null })).toBe(ids.length);
  await carryOut();
  expect(await rows(ids, { revocationReason, liveCreatorId: null })).toBe(ids.length);
  const targetId = { in: [...ids] };
  expect(await database().auditEntry.count({ where: { targetId, action: "key.revoked" } })).toBe(ids.length);
  expect(await database().revocationReceipt.count({ where: { keyId: targetId } })).toBe(ids.length);
}

const entryOf = async (action: string) =>
  (await database().auditEntry.findFirst({ where: { organizationId: organization.id, action } }))?.details;

test("a person with very many keys is removed at once, and can rejoin without them", async () => {
  const keys = await insertManyKeys({ organization, count, creatorId: userId });
  value(await removeMember(await owner(), { userId, transfers: [] }));
  expect(await database().member.count({ where: { organizationId: organization.id, userId } })).toBe(0);
  expect(await entryOf("member.removed")).toMatchObject({ keysRevoked: count });

  await database().member.create({ data: { organizationId: organization.id, userId, accessLevel: "ADMIN" } });
  const fresh = await createTestKey(organization, { creator: "ADMIN", accessLevel: "MEMBER" });
  await expectEnded(keys, "creator_removed");
  expect((await loadKeySnapshot(fresh.id))?.revokedAt).toBeNull();
});

test("a person with very many keys is demoted at once, and one of the keys changes hands", async () => {
  const [first = "", ...others] = await insertManyKeys({ organization, count, creatorId: userId });
  const transfers = [{ keyId: first, toUserId: organization.userIds.OWNER }];
  value(await changeAccessLevel(await owner(), { userId, accessLevel: "MEMBER", transfers }));
  expect((await loadKeySnapshot(first))?.creatorLevel).toBe("OWNER");
  expect((await loadKeySnapshot(others[0] ?? ""))?.creatorLevel).toBe("MEMBER");
});

test("very many keys that tokens created for a person end with the level that they needed", async () => {
  const key = await createTestKey(organization, { accessLevel: "ADMIN" });
  await tokenClient(key).issue(new Date(), { user: { id: userId } });
  const family = await database().tokenFamily.findFirstOrThrow({ where: { keyId: key.id } });
  const madeWith = { keyId: key.id, familyId: family.id };
  const more = { organization, count, creatorId: organization.userIds.OWNER, madeWith };
  const above = await insertManyKeys({ ...more, accessLevel: "ADMIN" });
  const below = await insertManyKeys(more);
  value(await changeAccessLevel(await owner(), { userId, accessLevel: "MEMBER", transfers: [] }));
  expect((await loadKeySnapshot(below[0] ?? ""))?.revokedAt).toBeNull();
  await expectEnded(above, "creator_removed");
  expect(await rows(below, { revokedAt: null })).toBe(count);
});

test("a grant with very many keys is taken, and an application with very many keys deleted", async () => {
  const { application } = await createTestResources(organization);
  await giveTestGrant(organization, userId, application, "ADMIN");
  await giveTestGrant(organization, organization.userIds.OWNER, application, "OWNER");
  const there = { organization, count, applicationId: application.id };
  const theirs = await insertManyKeys({ ...there, creatorId: userId });
  const rest = await insertManyKeys({ ...there, creatorId: organization.userIds.OWNER });
  value(await takeGrant(await owner(), { resource: application, userId, transfers: [] }));
  expect(await entryOf("grant.taken")).toMatchObject({ keysRevoked: count });
  await expectEnded(theirs, "creator_removed");

  value(await deleteResource(await owner(), { resource: application, keyTotal: count }));
  expect(await entryOf("application.deleted")).toMatchObject({ keysRevoked: count, grantsEnded: 1 });
  await expectEnded(rest, "resource_deleted");
});

test("the database refuses to delete a member or a grant while live keys depend on it", async () => {
  const { application } = await createTestResources(organization);
  await giveTestGrant(organization, userId, application, "ADMIN");
  await insertManyKeys({ organization, count: 1, creatorId: userId, applicationId: application.id });
  const there = { organizationId: organization.id, userId };
  const refused = "Foreign key constraint violated";
  await expect(database().grant.deleteMany({ where: there })).rejects.toThrow(refused);
  await expect(database().member.deleteMany({ where: there })).rejects.toThrow(refused);
  const stranger = await createTestOrganization("Elsewhere");
  const foreign = { organization, count: 1, creatorId: stranger.userIds.OWNER };
  await expect(insertManyKeys(foreign)).rejects.toThrow("the creator of a live key is a member");
  const noGrant = { ...foreign, creatorId: organization.userIds.OWNER, applicationId: application.id };
  await expect(insertManyKeys(noGrant)).rejects.toThrow("has a grant in its namespace");
});
