import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { happen, tellAll } from "@/e2e/support/data/tell";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, setTestLevel, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import type { UserActor } from "@/lib/services/access/context";
import { countUnreadNotices, listNotices } from "./list-notices";
import { markNoticesRead } from "./mark-notices-read";

provideTestDatabase();
let organization: TestOrganization;
beforeEach(async () => {
  organization = await createTestOrganization();
});

const person = (userId: string): UserActor => ({
  ...{ kind: "user", userId, name: "", email: "", sessionId: randomUUID(), authenticatedAt: new Date() },
});
const level = (of: AccessLevel) => person(organization.userIds[of]);
const page = async (actor: UserActor, before: number | null = null) =>
  value(await listNotices(actor, before));
const seen = async (actor: UserActor) =>
  (await page(actor)).notices.map(({ kind, total, shown }) => [kind, total, shown.map(({ name }) => name)]);

const leaked = { reason: "leaked", urls: [] };
async function keyOf(creator: AccessLevel, name: string) {
  const { id } = await createTestKey(organization, { creator, name, accessLevel: "MEMBER" });
  return { id, name };
}

test("[L17] owners see all notices, creators those about their keys, others and other tenants none", async () => {
  const keys = [await keyOf("OWNER", "Owner's"), await keyOf("MEMBER", "Member's")];
  await happen(organization.id, "key.revoked", leaked, keys);
  await tellAll();
  const elsewhere = await createTestOrganization("Elsewhere");
  expect(await seen(level("OWNER"))).toEqual([["key_leaked", 2, ["Member's", "Owner's"]]]);
  expect(await seen(level("MEMBER"))).toEqual([["key_leaked", 1, ["Member's"]]]);
  expect(await seen(level("ADMIN"))).toEqual([]);
  expect(await seen(person(elsewhere.userIds.OWNER))).toEqual([]);
  const unread = await Promise.all(
    ["OWNER", "MEMBER", "ADMIN"].map((of) => countUnreadNotices(organization.userIds[of as AccessLevel])),
  );
  expect([...unread, await countUnreadNotices(elsewhere.userIds.OWNER)]).toEqual([1, 1, 0, 0]);
});

test("[L17] a person who is demoted or removed only sees what they still may", async () => {
  const keys = [await keyOf("OWNER", "Owner's"), await keyOf("ADMIN", "Admin's")];
  await setTestLevel(organization, organization.userIds.ADMIN, "OWNER");
  await happen(organization.id, "key.revoked", leaked, keys);
  await tellAll();
  expect(await seen(level("ADMIN"))).toEqual([["key_leaked", 2, ["Admin's", "Owner's"]]]);
  await setTestLevel(organization, organization.userIds.ADMIN, "MEMBER");
  expect(await seen(level("ADMIN"))).toEqual([["key_leaked", 1, ["Admin's"]]]);
  await database().apiKey.updateMany({
    where: { creatorId: organization.userIds.ADMIN },
    data: { revokedAt: new Date(), revocationReason: "leaked", liveCreatorId: null },
  });
  const where = { organizationId: organization.id, userId: organization.userIds.ADMIN };
  await database().member.deleteMany({ where });
  expect(await seen(level("ADMIN"))).toEqual([]);
  expect(await countUnreadNotices(organization.userIds.ADMIN)).toBe(0);
});

test("[L17] nobody is notified of their own actions; a new owner and the other owners are", async () => {
  const { OWNER, ADMIN, MEMBER } = organization.userIds;
  await setTestLevel(organization, MEMBER, "OWNER");
  const details = { email: "ana@example.com", levelBefore: "ADMIN", accessLevel: "OWNER" };
  const of = [{ id: ADMIN, name: "Ana", type: "member" as const }];
  await happen(organization.id, "member.level_changed", details, of, { userId: OWNER });
  await happen(organization.id, "member.level_changed", { ...details, accessLevel: "MEMBER" }, of, {
    userId: OWNER,
  });
  await setTestLevel(organization, ADMIN, "OWNER");
  await tellAll();
  expect(await seen(level("OWNER"))).toEqual([]);
  for (const told of ["ADMIN", "MEMBER"] as const) {
    expect(await seen(level(told))).toEqual([["new_owner", 1, ["Ana"]]]);
  }
});

test("[L17] keys in use are named first, each with its last use", async () => {
  const now = Date.now();
  const names = ["a", "b", "c", "d", "e"];
  const keys = await Promise.all(names.map((name) => keyOf("OWNER", name)));
  const used = { b: 1, d: 6.9, e: 8 };
  for (const [name, daysAgo] of Object.entries(used)) {
    const lastUsedAt = new Date(now - daysAgo * 86_400_000);
    await database().apiKey.updateMany({
      where: { id: keys[names.indexOf(name)]?.id ?? "" },
      data: { lastUsedAt },
    });
  }
  const details = { endsAt: "2027-01-14T10:00:00.000Z", setBy: "key", daysBefore: 7 };
  await happen(organization.id, "key.expiring", details, keys);
  await tellAll();
  const [notice] = (await page(level("OWNER"))).notices;
  expect(notice).toMatchObject({ total: 5, inUse: 2, shown: [{ name: "b" }, { name: "d" }, { name: "e" }] });
  expect(notice?.href).toBe(`/${organization.slug}/settings/api-keys?status=all&expires=2027-01-14`);
});

test("[L17] notices marked as read stay so, and later ones are unread", async () => {
  const one = await keyOf("OWNER", "One");
  await happen(organization.id, "key.revoked", leaked, [one]);
  await tellAll();
  const { unreadThrough } = await page(level("OWNER"));
  await happen(organization.id, "key.expired", { endsAt: "2026-01-01T00:00:00.000Z", setBy: "policy" }, [
    one,
  ]);
  await tellAll();
  value(await markNoticesRead(level("OWNER"), { through: unreadThrough ?? 0 }));
  const isUnread = async () => (await page(level("OWNER"))).notices.map((each) => [each.kind, each.isUnread]);
  expect(await isUnread()).toEqual([
    ["policy_ended", true],
    ["key_leaked", false],
  ]);
  // One more entry makes a read notice unread.
  await happen(organization.id, "key.revoked", leaked, [one]);
  await tellAll();
  expect(await countUnreadNotices(organization.userIds.OWNER)).toBe(2);
  // Future notices cannot be marked as read, nor can an older mark replace a newer one.
  value(await markNoticesRead(level("OWNER"), { through: Number.MAX_SAFE_INTEGER }));
  value(await markNoticesRead(level("OWNER"), { through: 0 }));
  expect((await page(level("OWNER"))).unreadThrough).toBeNull();
  await happen(organization.id, "key.revoked", leaked, [one]);
  await tellAll();
  expect(await countUnreadNotices(organization.userIds.OWNER)).toBe(1);
});

test("[L17] many notices are paginated, newest first", async () => {
  const one = await keyOf("OWNER", "One");
  for (let days = 1; days <= 35; days++) {
    const at = new Date(Date.now() - (40 - days) * 86_400_000);
    await happen(organization.id, "key.revoked", leaked, [one], { at });
  }
  await tellAll();
  const first = await page(level("OWNER"));
  const second = await page(level("OWNER"), first.before);
  expect([first.notices.length, second.notices.length, second.before]).toEqual([30, 5, null]);
  const positions = [...first.notices, ...second.notices].map(({ position }) => position);
  expect(positions).toEqual([...new Set(positions)].sort((a, b) => b - a));
  expect(await page(level("OWNER"), 1)).toMatchObject({ notices: [], before: null });
});
