import { beforeEach, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { KeyRule } from "@/lib/core/keys/impact/key-plan";
import { database } from "@/lib/db/client";
import { changeAccessLevelInput, memberConsequencesInput, removeMemberInput } from "@/lib/schemas/member";
import type { MemberContext } from "@/lib/services/access/context";
import { changeAccessLevel } from "./change-access-level";
import { readMemberConsequences } from "./read-access-impact";
import { removeMember } from "./remove-member";

const dayMs = 86_400_000;

let organization: TestOrganization;
let owner: MemberContext;
/** Key ids by use: now, 30 days ago, idle and never. */
let ids: Record<"busy" | "monthly" | "idle" | "never", string>;
provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("People");
  owner = await organization.as("OWNER");
  ids = {
    never: await key("never", null),
    idle: await key("idle", 91),
    monthly: await key("monthly", 30),
    busy: await key("busy", 0.01),
  };
  const hour = new Date(Math.floor(owner.origin.at.getTime() / 3_600_000) * 3_600_000);
  const where = { organizationId: organization.id, keyId: ids.busy };
  for (const [outcome, calls] of [
    ["VALID", 7],
    ["EXPIRED", 5],
  ] as const) {
    await database().apiKeyUsageHour.create({ data: { ...where, hour, outcome, calls } });
  }
});

async function key(name: string, daysAgo: number | null): Promise<string> {
  const { id } = await createTestKey(organization, { creator: "ADMIN", accessLevel: "ADMIN", name });
  const lastUsedAt = daysAgo === null ? null : new Date(owner.origin.at.getTime() - daysAgo * dayMs);
  await database().apiKey.update({ where: { id }, data: { lastUsedAt } });
  return id;
}

const preview = async (accessLevel: "MEMBER" | null = null, page = 0) =>
  value(
    await readMemberConsequences(
      owner,
      memberConsequencesInput.parse({ userId: organization.userIds.ADMIN, accessLevel, page }),
    ),
  );

type Plan = { rule: KeyRule; stay: number; except?: { keyId: string; toUserId: string | null }[] };

const planned = async ({ rule, stay, except = [] }: Plan) => ({
  userId: organization.userIds.ADMIN,
  keys: { rule, toUserId: organization.userIds.OWNER, except, stay, seen: (await preview()).seen },
});

async function fates(): Promise<Record<string, string>> {
  const keys = await database().apiKey.findMany({ where: { id: { in: Object.values(ids) } } });
  const fate = (one: (typeof keys)[number]) =>
    one.revokedAt !== null ? "ended" : one.creatorId === organization.userIds.OWNER ? "moved" : "kept";
  return Object.fromEntries(keys.map((one) => [one.name, fate(one)]));
}

test("[L2] [L5] before it happens: how the keys are used, the most used first, and who can get how many", async () => {
  const { keys, total, counts, hours, receivers } = await preview();
  expect({ total, counts }).toEqual({ total: 4, counts: { today: 1, earlier: 1, idle: 2 } });
  expect(keys.map(({ name, use, calls }) => [name, use, calls])).toEqual([
    ["busy", "today", 7],
    ["monthly", "earlier", 0],
    ["idle", "idle", 0],
    ["never", "idle", 0],
  ]);
  expect(hours).toHaveLength(24);
  expect(hours.at(-1)?.calls).toBe(7);
  expect(receivers).toMatchObject([{ id: organization.userIds.OWNER, canGet: { used: 2, all: 4 } }]);
  expect((await preview(null, 1)).keys).toHaveLength(4);
  expect((await preview(null, 2)).keys).toEqual([]);
});

test.each([
  ["transfer_used", 2, { busy: "moved", monthly: "moved", idle: "ended", never: "ended" }],
  ["transfer_all", 0, { busy: "moved", monthly: "moved", idle: "moved", never: "moved" }],
  ["transfer_none", 4, { busy: "ended", monthly: "ended", idle: "ended", never: "ended" }],
] as const)("[L5] a removal by the rule %s", async (rule, stay, expected) => {
  value(await removeMember(owner, removeMemberInput.parse(await planned({ rule, stay }))));
  expect(await fates()).toEqual(expected);
});

test("[L5] exceptions override the rule for their keys", async () => {
  const except = [
    { keyId: ids.busy, toUserId: null },
    { keyId: ids.never, toUserId: organization.userIds.OWNER },
  ];
  const input = await planned({ rule: "transfer_used", stay: 2, except });
  value(await removeMember(owner, removeMemberInput.parse(input)));
  expect(await fates()).toEqual({ busy: "ended", monthly: "moved", idle: "ended", never: "moved" });
});

test("[L5] a demotion transfers by the same rule, and the other keys stay", async () => {
  const { seen } = await preview("MEMBER");
  const { keys, userId } = await planned({ rule: "transfer_used", stay: 2 });
  const input = changeAccessLevelInput.parse({ userId, accessLevel: "MEMBER", keys: { ...keys, seen } });
  value(await changeAccessLevel(owner, input));
  expect(await fates()).toEqual({ busy: "moved", monthly: "moved", idle: "kept", never: "kept" });
});

test("[L2] nothing happens if the keys are not the ones that were shown", async () => {
  const idleUsed = async () => {
    const used = { lastUsedAt: owner.origin.at };
    await database().apiKey.update({ where: { id: ids.idle }, data: used });
  };
  const oneEnded = async () => {
    const ended = { revokedAt: owner.origin.at, revocationReason: "person", liveCreatorId: null } as const;
    await database().apiKey.update({ where: { id: ids.busy }, data: ended });
  };
  for (const meanwhile of [idleUsed, oneEnded, () => key("new", null)]) {
    const input = removeMemberInput.parse(await planned({ rule: "transfer_used", stay: 2 }));
    await meanwhile();
    const before = await fates();
    expect(await removeMember(owner, input)).toMatchObject({ code: "conflict" });
    expect(await fates()).toEqual(before);
  }
  const otherNumber = removeMemberInput.parse(await planned({ rule: "transfer_none", stay: 3 }));
  expect(await removeMember(owner, otherNumber)).toMatchObject({ code: "conflict" });
});

test("[L5] no key is transferred to a person who could not have generated it, by the rule or an exception", async () => {
  const { keys, userId } = await planned({ rule: "transfer_all", stay: 4 });
  const toMember = { ...keys, toUserId: organization.userIds.MEMBER };
  const except = [{ keyId: ids.busy, toUserId: organization.userIds.MEMBER }];
  const forced = removeMemberInput.parse({ userId, keys: { ...keys, except, stay: 0 } });
  expect(await removeMember(owner, forced)).toMatchObject({ code: "forbidden" });
  expect(await fates()).toMatchObject({ busy: "kept" });
  value(await removeMember(owner, removeMemberInput.parse({ userId, keys: toMember })));
  expect(await fates()).toEqual({ busy: "ended", monthly: "ended", idle: "ended", never: "ended" });
});
