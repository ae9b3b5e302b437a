import { beforeEach, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { changeAccessLevelInput, memberConsequencesInput, removeMemberInput } from "@/lib/schemas/member";
import type { MemberContext } from "@/lib/services/access/context";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { changeAccessLevel } from "./change-access-level";
import { readMemberConsequences } from "./read-access-impact";
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
const change = (level: AccessLevel, accessLevel: AccessLevel) =>
  changeAccessLevelInput.parse({ userId: userId(level), accessLevel });
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

test("[L5] a transferred key keeps working with its new creator, in the removal's own transaction", async () => {
  const [kept, ended] = [await keyOf("ADMIN"), await keyOf("ADMIN")];
  const toUserId = userId("OWNER");
  value(await removeMember(owner, removal("ADMIN", [{ keyId: kept.id, toUserId }])));
  expect((await judgeToken(kept.token, {}, new Date())).code).toBe("VALID");
  expect((await judgeToken(ended.token, {}, new Date())).code).toBe("REVOKED");
  expect(await database().apiKey.findUniqueOrThrow({ where: { id: kept.id } })).toMatchObject({
    creatorId: toUserId,
    liveCreatorId: toUserId,
  });
  const [entry] = await database().auditEntry.findMany({
    where: { action: "key.transferred", targetId: kept.id },
  });
  expect(entry?.details).toEqual({ fromUserId: userId("ADMIN"), toUserId });
});

test("[L5] [P9] nobody gets a key that they could not have generated; the whole change is refused", async () => {
  const key = await keyOf("ADMIN");
  const foreign = await createTestOrganization("Other");
  const before = await everything();
  const attempts = [
    { keyId: key.id, toUserId: userId("MEMBER"), code: "forbidden" },
    { keyId: key.id, toUserId: foreign.userIds.OWNER, code: "conflict" },
    { keyId: key.id, toUserId: userId("ADMIN"), code: "conflict" },
    { keyId: "0123456789abcdef", toUserId: userId("OWNER"), code: "conflict" },
  ];
  for (const { code, ...transfer } of attempts) {
    expect(await removeMember(owner, removal("ADMIN", [transfer]))).toMatchObject({ code });
    const demotion = { ...change("ADMIN", "MEMBER"), transfers: [transfer] };
    expect(await changeAccessLevel(owner, demotion)).toMatchObject({ code });
  }
  expect(await everything()).toBe(before);
});

test("[L5] a namespace's key can only be transferred to a person with a grant of its level there", async () => {
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
  const namespace = { type: "application", id: application.id } as const;
  const { id } = await createTestKey(organization, { creator: "ADMIN", accessLevel: "ADMIN", namespace });
  const transfer = removal("ADMIN", [{ keyId: id, toUserId: userId("OWNER") }]);
  const input = memberConsequencesInput.parse({ userId: userId("ADMIN"), accessLevel: null });
  expect(value(await readMemberConsequences(owner, input)).keys).toMatchObject([{ id, receivers: [] }]);
  expect(await removeMember(owner, transfer)).toMatchObject({ code: "forbidden" });
  await database().grant.create({
    data: {
      organizationId: organization.id,
      userId: userId("OWNER"),
      applicationId: application.id,
      accessLevel: "ADMIN",
    },
  });
  expect(value(await readMemberConsequences(owner, input)).keys).toMatchObject([
    { id, receivers: [userId("OWNER")] },
  ]);
  value(await removeMember(owner, transfer));
});
