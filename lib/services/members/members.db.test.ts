import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase } from "@/e2e/support/test-database";
import { createTestKey } from "@/e2e/support/test-key";
import type { TestOrganization } from "@/e2e/support/test-organization";
import { createTestOrganization, value } from "@/e2e/support/test-organization";
import type { AccessLevel } from "@/lib/core/access-level";
import { database } from "@/lib/db/client";
import { listInput } from "@/lib/schemas/list";
import { changeAccessLevelInput, memberConsequencesInput, removeMemberInput } from "@/lib/schemas/member";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import type { MemberContext } from "@/lib/services/context";
import { generateKey } from "@/lib/services/keys/generate-key";
import { judgeToken } from "@/lib/verify/judge-token";
import { changeAccessLevel } from "./change-access-level";
import { listMembers } from "./list-members";
import { readMemberConsequences } from "./read-member-consequences";
import { removeMember } from "./remove-member";

let close: () => Promise<void>;
let organization: TestOrganization;
let owner: MemberContext;
beforeAll(async () => {
  ({ close } = await openTestDatabase());
});
beforeEach(async () => {
  organization = await createTestOrganization("People");
  owner = await organization.as("OWNER");
});
afterAll(() => close());

const entries = () => database().auditEntry.count({ where: { organizationId: organization.id } });
const userId = (level: AccessLevel) => organization.userIds[level];
const removal = (level: AccessLevel, transfers: { keyId: string; toUserId: string }[] = []) =>
  removeMemberInput.parse({ userId: userId(level), transfers });
const change = (level: AccessLevel, accessLevel: AccessLevel) =>
  changeAccessLevelInput.parse({ userId: userId(level), accessLevel });

/** A key of this person, who may make one for the moment it takes. */
async function keyOf(level: AccessLevel, over: { accessLevel?: AccessLevel; name?: string } = {}) {
  const where = { id: organization.id };
  await database().organization.update({ where, data: { keyCreators: "MEMBER" } });
  const made = await generateKey(await organization.as(level), {
    name: "A key",
    description: "",
    type: "secret",
    accessLevel: level,
    namespace: { type: "organization", id: organization.id },
    roles: ["full_access"],
    expiresAt: null,
    ...over,
  });
  await database().organization.update({ where, data: { keyCreators: "OWNER" } });
  return value(made);
}

/** The verdict on a token that is good. */
async function verdict(token: string) {
  const judged = await judgeToken(token, {}, new Date());
  if (judged.code !== "VALID") throw new Error(judged.code);
  return judged;
}

/** All that these verbs could have changed, to prove that a refused one changed nothing. */
async function everything(): Promise<string> {
  const where = { organizationId: organization.id };
  return JSON.stringify([
    await database().member.findMany({ where, orderBy: { userId: "asc" } }),
    await database().grant.findMany({ where, orderBy: { id: "asc" } }),
    await database().apiKey.findMany({ where, orderBy: { id: "asc" } }),
    await entries(),
  ]);
}

describe("every verb that writes, once without power and once with it", () => {
  const verbs = {
    changeAccessLevel: (context: MemberContext) => changeAccessLevel(context, change("MEMBER", "ADMIN")),
    removeMember: (context: MemberContext) => removeMember(context, removal("MEMBER")),
  };
  for (const [name, verb] of Object.entries(verbs)) {
    test(`[B1] ${name}: admins, members and another tenant's owner are refused, and no row changes`, async () => {
      await keyOf("MEMBER");
      const before = await everything();
      const stranger = await (await createTestOrganization("Other")).as("OWNER");
      const forged = { ...stranger, organization: owner.organization };
      for (const level of ["ADMIN", "MEMBER"] as const) {
        expect(await verb(await organization.as(level))).toMatchObject({ code: "forbidden" });
      }
      expect(await verb(stranger)).toMatchObject({ code: "not_found" });
      expect(await verb(forged)).toMatchObject({ code: "not_found" });
      expect(await everything()).toBe(before);
    });

    test(`[B1] ${name}: an owner succeeds and leaves exactly one audit entry`, async () => {
      const before = await entries();
      value(await verb(owner));
      expect(await entries()).toBe(before + 1);
    });
  }

  test("[L5] who is asked about the consequences must be an owner", async () => {
    const input = memberConsequencesInput.parse({ userId: userId("MEMBER"), accessLevel: null });
    for (const level of ["ADMIN", "MEMBER"] as const) {
      expect(await readMemberConsequences(await organization.as(level), input)).toMatchObject({
        code: "forbidden",
      });
    }
  });
});

describe("the list", () => {
  const list = async (
    level: AccessLevel,
    input: { search?: string; page?: number; pageSize?: number } = {},
  ) => value(await listMembers(await organization.as(level), listInput.parse(input)));

  test("[B1] shows everyone to everyone, by name, with their level; the keys' number not to members", async () => {
    await keyOf("ADMIN");
    const { rows, total } = await list("OWNER");
    expect(total).toBe(3);
    expect(
      rows.map(({ level, liveKeys, isSelf, isLastOwner }) => ({ level, liveKeys, isSelf, isLastOwner })),
    ).toEqual([
      { level: "ADMIN", liveKeys: 1, isSelf: false, isLastOwner: false },
      { level: "MEMBER", liveKeys: 0, isSelf: false, isLastOwner: false },
      { level: "OWNER", liveKeys: 1, isSelf: true, isLastOwner: true },
    ]);
    expect((await list("ADMIN")).rows.map(({ liveKeys }) => liveKeys)).toEqual([1, 0, 1]);
    expect((await list("MEMBER")).rows.map(({ liveKeys }) => liveKeys)).toEqual([null, null, null]);
  });

  test("[B1] finds by name and by email, takes signs as they are, and pages", async () => {
    expect((await list("OWNER", { search: "admin OF" })).rows).toHaveLength(1);
    expect((await list("OWNER", { search: "MEMBER-" })).rows).toMatchObject([{ level: "MEMBER" }]);
    expect((await list("OWNER", { search: "%" })).total).toBe(0);
    const user = await database().user.createManyAndReturn({
      data: Array.from({ length: 9 }, (_, index) => ({
        name: `Z ${index}`,
        email: `${index}-${randomUUID()}@x.test`,
      })),
    });
    await database().member.createMany({
      data: user.map(({ id }) => ({
        organizationId: organization.id,
        userId: id,
        accessLevel: "MEMBER" as const,
      })),
    });
    const first = await list("OWNER", { pageSize: 10 });
    const second = await list("OWNER", { pageSize: 10, page: 2 });
    expect([first.total, first.rows.length, second.rows.length]).toEqual([12, 10, 2]);
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(12);
  });
});

describe("removing", () => {
  test("[Y8] revokes the person's keys with the reason, and what their keys made, and takes grants away", async () => {
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

  test("[Y8] a person's expired key does not keep them in", async () => {
    const { id } = await keyOf("MEMBER");
    const past = new Date(Date.now() - 1000);
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
    value(await changeAccessLevel(owner, change("ADMIN", "OWNER")));
    value(await removeMember(owner, removal("OWNER")));
    expect(await removeMember(await organization.as("ADMIN"), removal("ADMIN"))).toMatchObject({
      code: "conflict",
    });
  });

  test("who is not a member is not found", async () => {
    value(await removeMember(owner, removal("MEMBER")));
    expect(await removeMember(owner, removal("MEMBER"))).toMatchObject({ code: "not_found" });
  });
});

describe("lowering and raising", () => {
  test("[Y9] changes no key's row: the next verdict is smaller, says why, and is restored", async () => {
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

  test("[Y9] to the level that is there already writes nothing", async () => {
    const before = await everything();
    value(await changeAccessLevel(owner, change("ADMIN", "ADMIN")));
    expect(await everything()).toBe(before);
  });

  test("the last owner cannot be demoted", async () => {
    const before = await everything();
    expect(await changeAccessLevel(owner, change("OWNER", "ADMIN"))).toMatchObject({ code: "conflict" });
    expect(await everything()).toBe(before);
  });
});

describe("before it happens", () => {
  test("[L5] lists the keys that would end, and who could take each over", async () => {
    const key = await keyOf("ADMIN");
    const input = memberConsequencesInput.parse({ userId: userId("ADMIN"), accessLevel: null });
    const { keys, receivers } = value(await readMemberConsequences(owner, input));
    expect(keys).toMatchObject([{ id: key.id, receivers: [userId("OWNER")] }]);
    expect(receivers).toMatchObject([{ id: userId("OWNER"), level: "OWNER" }]);
  });

  test("[L5] [Y9] lists the keys that would shrink, with exactly what the next verdict then lacks", async () => {
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

describe("transferring", () => {
  test("[L5] what is transferred lives on with its new creator, in the removal's own transaction", async () => {
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

  test("[L5] [P9] nobody gets a key that they could not have generated, and then nothing happens at all", async () => {
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

  test("[L5] a key of a namespace goes to who has a grant of its level there, and to no other", async () => {
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
});
