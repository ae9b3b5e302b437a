import { beforeEach, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { changeAccessLevelInput, memberConsequencesInput } from "@/lib/schemas/member";
import type { MemberContext } from "@/lib/services/access/context";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { changeAccessLevel } from "./change-access-level";
import { readMemberConsequences } from "./read-access-impact";

let organization: TestOrganization;
let owner: MemberContext;
provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("People");
  owner = await organization.as("OWNER");
});

const entries = () => database().auditEntry.count({ where: { organizationId: organization.id } });
const userId = (level: AccessLevel) => organization.userIds[level];
const change = (level: AccessLevel, accessLevel: AccessLevel) =>
  changeAccessLevelInput.parse({ userId: userId(level), accessLevel });
const keyOf = (level: AccessLevel, over: { accessLevel?: AccessLevel; name?: string } = {}) =>
  createTestKey(organization, { creator: level, accessLevel: level, ...over });

/** The verdict on a valid token. */
async function verdict(token: string) {
  const judged = await judgeToken(token, {}, new Date());
  if (judged.code !== "VALID") throw new Error(judged.code);
  return judged;
}

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

test("[Y9] changes no key row: the next verdict has fewer permissions, says why, and can be restored", async () => {
  value(await changeAccessLevel(owner, change("ADMIN", "OWNER")));
  const key = await keyOf("ADMIN", { accessLevel: "OWNER" });
  const row = () => database().apiKey.findUniqueOrThrow({ where: { id: key.id } });
  const [full, before] = [await verdict(key.token), await row()];

  value(await changeAccessLevel(owner, change("ADMIN", "MEMBER")));
  const lowered = await verdict(key.token);
  expect(lowered.permissions).not.toContain("organizations:update");
  expect(lowered.permissions).toContain("organizations:read");
  expect(lowered.limits).toContainEqual(expect.objectContaining({ by: "creator", level: "MEMBER" }));

  value(await changeAccessLevel(owner, change("ADMIN", "OWNER")));
  expect(await verdict(key.token)).toEqual(full);
  expect(await row()).toEqual(before);
});

test("[Y9] to the current level writes nothing", async () => {
  const before = await everything();
  value(await changeAccessLevel(owner, change("ADMIN", "ADMIN")));
  expect(await everything()).toBe(before);
});

test("the last owner cannot be demoted", async () => {
  const before = await everything();
  expect(await changeAccessLevel(owner, change("OWNER", "ADMIN"))).toMatchObject({ code: "conflict" });
  expect(await everything()).toBe(before);
});

describe("before it happens", () => {
  test("[L5] lists the keys that would end, and who could take each over", async () => {
    const key = await keyOf("ADMIN");
    const input = memberConsequencesInput.parse({ userId: userId("ADMIN"), accessLevel: null });
    const { keys, receivers } = value(await readMemberConsequences(owner, input));
    expect(keys).toMatchObject([{ id: key.id, receivers: [userId("OWNER")] }]);
    expect(receivers).toMatchObject([{ id: userId("OWNER"), level: "OWNER" }]);
  });

  test("[L5] [Y9] lists the keys that would lose permissions, with exactly what the next verdict lacks", async () => {
    const key = await keyOf("ADMIN");
    await keyOf("ADMIN", { accessLevel: "MEMBER", name: "Loses nothing" });
    const input = memberConsequencesInput.parse({ userId: userId("ADMIN"), accessLevel: "MEMBER" });
    const { keys } = value(await readMemberConsequences(owner, input));
    const full = (await verdict(key.token)).permissions;
    value(await changeAccessLevel(owner, change("ADMIN", "MEMBER")));
    const left = (await verdict(key.token)).permissions;
    expect(keys.map(({ id, lost }) => ({ id, lost }))).toEqual([
      { id: key.id, lost: full.filter((permission) => !left.includes(permission)) },
    ]);
    expect(keys[0]?.lost).toContain("keys:verify");
  });
});
