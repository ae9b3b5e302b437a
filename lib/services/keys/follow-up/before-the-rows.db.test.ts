import { beforeEach, expect, test } from "vitest";
import { insertManyKeys } from "@/e2e/support/data/many/many-keys";
import { createTestKey, type TestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, type TestOrganization, value } from "@/e2e/support/data/test-organization";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { withoutAuditEntries } from "@/e2e/support/database/without-audit-entries";
import { database } from "@/lib/db/client";
import { type BulkChange, keySelection } from "@/lib/schemas/bulk/bulk-keys";
import { readKeyConsequences } from "@/lib/services/members/read-key-consequences";
import { removeMember } from "@/lib/services/members/remove-member";
import { deleteResource } from "@/lib/services/resources/delete-resource";
import { changeKeys } from "../bulk/change-keys";
import { previewKeyChanges } from "../bulk/preview-key-changes";
import { pauseKey } from "../pause-key";
import { revokeKey } from "../revoke-key";
import { carryOutFollowUps } from "./carry-out-follow-ups";
import { keysWithRows } from "./follow-later";

provideTestDatabase();

const count = keysWithRows + 10;
let organization: TestOrganization;
let adminId: string;
let key: TestKey;
let familyId: string;

/** A key of the owner, whose tokens created very many keys of an admin. */
beforeEach(async () => {
  organization = await createTestOrganization("Not yet");
  adminId = organization.userIds.ADMIN;
  key = await createTestKey(organization);
  await tokenClient(key).issue(new Date());
  familyId = (await database().tokenFamily.findFirstOrThrow({ where: { keyId: key.id } })).id;
});

const owner = (at = new Date()) => organization.as("OWNER", at);
const made = (applicationId?: string) =>
  insertManyKeys({
    ...{ organization, count, creatorId: adminId, madeWith: { keyId: key.id, familyId } },
    ...(applicationId === undefined ? {} : { applicationId }),
  });
const trailOf = async (targetId: string) =>
  (await database().auditEntry.findMany({ where: { targetId }, orderBy: { sequence: "asc" } })).map(
    ({ action, actorUserId }) => `${action} by ${actorUserId === organization.userIds.OWNER ? "owner" : "?"}`,
  );
const detailsOf = async (action: string) =>
  (await database().auditEntry.findFirst({ where: { organizationId: organization.id, action } }))?.details;

async function carryOut(): Promise<void> {
  let more = true;
  while (more) more = await carryOutFollowUps(new Date(), new AbortController().signal);
}

test("a pause that is not yet written to the rows is in the log, even if the keys' creator is removed first", async () => {
  const [first = ""] = await insertManyKeys({ organization, count: 1, creatorId: adminId });
  await made();
  await database().apiKey.update({
    where: { id: first },
    data: { createdByKeyId: key.id, createdByFamilyId: familyId },
    select: { id: true },
  });
  value(await pauseKey(await owner(), { keyId: key.id }));
  await database().apiKey.updateMany({
    where: { creatorId: adminId, id: { not: first } },
    data: { creatorId: organization.userIds.OWNER, liveCreatorId: organization.userIds.OWNER },
  });
  value(await removeMember(await owner(), { userId: adminId, transfers: [] }));
  expect(await trailOf(first)).toEqual(["key.paused by owner", "key.revoked by owner"]);
  await carryOut();
  expect(await trailOf(first)).toEqual(["key.paused by owner", "key.revoked by owner"]);
});

test("keys that have ended in effect stay so, and are neither counted nor transferred", async () => {
  const [first = "", ...others] = await made();
  value(await revokeKey(await owner(), { keyId: key.id }));
  const context = await owner();
  const seen = await readKeyConsequences(context, adminId, { accessLevel: null });
  expect([...(seen?.groups.values() ?? [])]).toEqual([]);
  expect(seen).toMatchObject({ paused: 0, expired: 0 });
  const transfers = [{ keyId: first, toUserId: organization.userIds.OWNER }];
  expect(await removeMember(context, { userId: adminId, transfers })).toMatchObject({
    ok: false,
    code: "conflict",
  });
  expect(value(await removeMember(context, { userId: adminId, transfers: [] }))).toEqual({
    revoked: 0,
    transferred: [],
  });
  expect(await detailsOf("member.removed")).toMatchObject({ keysRevoked: 0 });
  await carryOut();
  const ended = { id: { in: [first, ...others] }, revocationReason: "policy" as const };
  expect(await database().apiKey.count({ where: ended })).toBe(count);
  expect(await trailOf(first)).toEqual(["key.revoked by owner"]);
});

test("so do those in a deleted application", async () => {
  const { application } = await createTestResources(organization);
  await giveTestGrant(organization, adminId, application, "ADMIN");
  await made(application.id);
  value(await revokeKey(await owner(), { keyId: key.id }));
  value(await deleteResource(await owner(), { resource: application, keyTotal: 0 }));
  expect(await detailsOf("application.deleted")).toMatchObject({ keysRevoked: 0 });
  await carryOut();
  const policy = { revocationReason: "policy", applicationId: application.id } as const;
  expect(await database().apiKey.count({ where: policy })).toBe(count);
});

test("[L12] a bulk change uses the effective state of keys whose rows are not yet written", async () => {
  const [first = "", second = "", third = ""] = await made();
  const ids = [first, second, third];
  const ticked = keySelection.parse({ own: false, ids, address: "" });
  const dryRun = async (change: BulkChange) =>
    value(await previewKeyChanges(await owner(), { change, selection: ticked }));
  value(await pauseKey(await owner(), { keyId: key.id }));
  expect(await dryRun({ verb: "pause" })).toMatchObject({
    keys: [],
    skipped: [{ reason: "paused", count: 3 }],
  });
  const resume = { verb: "resume" } as const;
  const [one] = (await dryRun(resume)).keys.filter(({ id }) => id === first);
  if (one === undefined) throw new Error("a paused key that is not resumed");
  expect(value(await changeKeys(await owner(), { change: resume, keys: [one] })).changed).toEqual([first]);
  const revoke = { verb: "revoke" } as const;
  const { keys } = await dryRun(revoke);
  const done = value(await changeKeys(await owner(), { change: revoke, keys: [...keys] }));
  expect([...done.changed].sort()).toEqual([...ids].sort());

  value(await revokeKey(await owner(), { keyId: key.id }));
  const [last = ""] = (await database().followUpKey.findMany({ take: 1 })).map(({ keyId }) => keyId);
  const selection = keySelection.parse({ own: false, ids: [last], address: "" });
  expect(value(await previewKeyChanges(await owner(), { change: revoke, selection }))).toMatchObject({
    keys: [],
    skipped: [{ reason: "revoked", count: 1 }],
  });
});

test("a failed write in one organization does not delay others", async () => {
  await made();
  value(await revokeKey(await owner(), { keyId: key.id }));
  const other = await createTestOrganization("Elsewhere");
  const theirs = await createTestKey(other);
  await tokenClient(theirs).issue(new Date());
  const family = await database().tokenFamily.findFirstOrThrow({ where: { keyId: theirs.id } });
  const madeWith = { keyId: theirs.id, familyId: family.id };
  await insertManyKeys({ organization: other, count, creatorId: other.userIds.OWNER, madeWith });
  value(await revokeKey(await other.as("OWNER"), { keyId: theirs.id }));
  await withoutAuditEntries(carryOut, organization.id);
  expect(await database().followUp.count({ where: { organizationId: other.id } })).toBe(0);
  expect(await database().followUp.count({ where: { organizationId: organization.id } })).toBe(1);
});
