import { beforeEach, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { removeMemberInput } from "@/lib/schemas/member";
import type { MemberContext } from "@/lib/services/access/context";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { changeAccessLevel } from "./change-access-level";
import { removeMember } from "./remove-member";

let organization: TestOrganization;
let owner: MemberContext;
provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("People");
  owner = await organization.as("OWNER");
});

const entries = () => database().auditEntry.count({ where: { organizationId: organization.id } });
const userId = (level: AccessLevel) => organization.userIds[level];
const removal = (level: AccessLevel, transfers: { keyId: string; toUserId: string }[] = []) =>
  removeMemberInput.parse({ userId: userId(level), transfers });
const keyOf = (level: AccessLevel, over: { accessLevel?: AccessLevel; name?: string } = {}) =>
  createTestKey(organization, { creator: level, accessLevel: level, ...over });

/** Everything the verb could have changed, to prove that a refused one changed nothing. */
async function everything(): Promise<string> {
  const where = { organizationId: organization.id };
  return JSON.stringify([
    await database().member.findMany({ where, orderBy: { userId: "asc" } }),
    await database().grant.findMany({ where, orderBy: { id: "asc" } }),
    await database().apiKey.findMany({ where, orderBy: { id: "asc" } }),
    await entries(),
  ]);
}

test("[Y8] revokes the person's keys with the reason, and what their keys created, and removes grants", async () => {
  const key = await keyOf("ADMIN");
  const child = await keyOf("ADMIN", { name: "Made with the key" });
  await database().apiKey.update({ where: { id: child.id }, data: { createdByKeyId: key.id } });
  const application = await database().application.create({
    data: { organizationId: organization.id, name: "App" },
  });
  await database().grant.create({
    data: {
      organizationId: organization.id,
      userId: userId("ADMIN"),
      applicationId: application.id,
      accessLevel: "ADMIN",
    },
  });
  const untouched = await keyOf("OWNER");
  expect((await judgeToken(key.token, {}, new Date())).code).toBe("VALID");

  const before = await entries();
  value(await removeMember(owner, removal("ADMIN")));
  for (const { token, id } of [key, child]) {
    expect((await judgeToken(token, {}, new Date())).code).toBe("REVOKED");
    expect(await database().apiKey.findUniqueOrThrow({ where: { id } })).toMatchObject({
      revocationReason: "creator_removed",
      revokedById: owner.actor.userId,
    });
  }
  expect((await judgeToken(untouched.token, {}, new Date())).code).toBe("VALID");
  expect(await database().grant.count({ where: { organizationId: organization.id } })).toBe(0);
  expect(await database().user.count({ where: { id: userId("ADMIN") } })).toBe(1);
  const written = await database().auditEntry.findMany({
    where: { organizationId: organization.id, sequence: { gt: before } },
    orderBy: { sequence: "asc" },
  });
  expect(written.map(({ action }) => action)).toEqual(["member.removed", "key.revoked", "key.revoked"]);
  expect(written.slice(1).map(({ details }) => details)).toEqual([
    { reason: "creator_removed" },
    { reason: "creator_removed" },
  ]);
  expect((await verifyAuditChains()).every(({ fault }) => fault === null)).toBe(true);
});

test("[Y8] asks for the password again after five minutes, and changes nothing before", async () => {
  const before = await everything();
  const stale = await organization.as("OWNER", new Date(Date.now() - 6 * 60_000));
  const late = { ...stale, origin: { ...stale.origin, at: new Date() } };
  expect(await removeMember(late, removal("MEMBER"))).toMatchObject({ code: "reauthentication_required" });
  expect(await everything()).toBe(before);
});

test("[Y8] an expired key does not prevent a removal", async () => {
  const { id } = await keyOf("MEMBER");
  // Before the removal's own time, which may be a while ago.
  const past = new Date(owner.origin.at.getTime() - 1000);
  await database().$executeRaw`ALTER TABLE api_keys DISABLE TRIGGER api_keys_guard`;
  await database().apiKey.updateMany({
    where: { id },
    data: { createdAt: new Date(past.getTime() - 1000), expiresAt: past },
  });
  await database().$executeRaw`ALTER TABLE api_keys ENABLE TRIGGER api_keys_guard`;
  value(await removeMember(owner, removal("MEMBER")));
  expect(await database().apiKey.count({ where: { liveCreatorId: userId("MEMBER") } })).toBe(0);
});

test("the last owner cannot leave; one of two can", async () => {
  const before = await everything();
  expect(await removeMember(owner, removal("OWNER"))).toMatchObject({ code: "conflict" });
  expect(await everything()).toBe(before);
  value(await changeAccessLevel(owner, { userId: userId("ADMIN"), accessLevel: "OWNER", transfers: [] }));
  value(await removeMember(owner, removal("OWNER")));
  expect(await removeMember(await organization.as("ADMIN"), removal("ADMIN"))).toMatchObject({
    code: "conflict",
  });
});

test("a person who is not a member is not found", async () => {
  value(await removeMember(owner, removal("MEMBER")));
  expect(await removeMember(owner, removal("MEMBER"))).toMatchObject({ code: "not_found" });
});
