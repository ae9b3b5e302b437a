import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import type { TestResources } from "@/e2e/support/data/test-resources";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import { readGrantConsequences } from "@/lib/services/members/read-access-impact";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { changeGrant } from "./change-grant";
import { giveGrant } from "./give-grant";
import { listGrantCandidates } from "./list-grant-candidates";
import { listGrants } from "./list-grants";
import { takeGrant } from "./take-grant";

let organization: TestOrganization;
let made: TestResources;
let owner: MemberContext;
let member: MemberContext;
provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("Grants");
  made = await createTestResources(organization);
  owner = await organization.as("OWNER");
  member = await organization.as("MEMBER");
});

const list = { search: "", page: 1, pageSize: 25 } as const;
const entries = () => database().auditEntry.count({ where: { organizationId: organization.id } });
const userId = (level: AccessLevel) => organization.userIds[level];
const give = (level: AccessLevel, resource: Resource, accessLevel: AccessLevel) =>
  giveTestGrant(organization, userId(level), resource, accessLevel);
const keyIn = (creator: AccessLevel, namespace: Resource, over: { accessLevel?: AccessLevel } = {}) =>
  createTestKey(organization, { creator, namespace, accessLevel: "ADMIN", roles: ["full_access"], ...over });
const verdict = (token: string) => judgeToken(token, {}, new Date());
const keyRow = (id: string) => database().apiKey.findUniqueOrThrow({ where: { id } });

describe("giving", () => {
  test("[P3] a member gets a level in one namespace and no other, with one audit entry", async () => {
    const before = await entries();
    const input = { resource: made.application, userId: userId("MEMBER"), accessLevel: "ADMIN" } as const;
    value(await giveGrant(owner, input));
    expect(await entries()).toBe(before + 1);
    expect(value(await listGrants(owner, { ...list, resource: made.application }))).toMatchObject({
      rows: [{ id: userId("MEMBER"), level: "ADMIN", liveKeys: 0, isSelf: false }],
      total: 1,
    });
    expect(value(await listGrants(owner, { ...list, resource: made.workspace })).total).toBe(0);
    expect(await giveGrant(owner, input)).toMatchObject({ code: "conflict" });
    expect(await entries()).toBe(before + 1);
  });

  test("one of two simultaneous ones is given", async () => {
    const input = { resource: made.group, userId: userId("ADMIN") } as const;
    const results = await Promise.all([
      giveGrant(owner, { ...input, accessLevel: "ADMIN" }),
      giveGrant(owner, { ...input, accessLevel: "MEMBER" }),
    ]);
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  test("[P9] an OWNER there gives access too; an ADMIN there does not", async () => {
    const input = { resource: made.workspace, userId: userId("ADMIN"), accessLevel: "OWNER" } as const;
    expect(await giveGrant(member, input)).toMatchObject({ code: "not_found" });
    await give("MEMBER", made.application, "OWNER");
    expect(await giveGrant(member, input)).toMatchObject({ code: "forbidden" });
    await give("MEMBER", made.workspace, "ADMIN");
    expect(await giveGrant(member, input)).toMatchObject({ code: "forbidden" });
    await database().grant.updateMany({
      where: { userId: userId("MEMBER"), workspaceId: made.workspace.id },
      data: { accessLevel: "OWNER" },
    });
    value(await giveGrant(member, input));
  });

  test("only to members of the organization, and nothing of another tenant", async () => {
    const other = await createTestOrganization("Other");
    const theirs = await createTestResources(other);
    const before = await database().grant.count();
    for (const stranger of [other.userIds.OWNER, randomUUID()]) {
      const input = { resource: made.application, userId: stranger, accessLevel: "MEMBER" } as const;
      expect(await giveGrant(owner, input)).toMatchObject({ code: "not_found" });
    }
    const foreign = {
      resource: theirs.application,
      userId: userId("MEMBER"),
      accessLevel: "MEMBER",
    } as const;
    expect(await giveGrant(owner, foreign)).toMatchObject({ code: "not_found" });
    expect(await listGrants(owner, { ...list, resource: theirs.application })).toMatchObject({
      code: "not_found",
    });
    expect(await database().grant.count()).toBe(before);
  });

  test("offers members without access there, by name or email, at most 20", async () => {
    const { application: resource } = made;
    const candidates = async (search: string) =>
      value(await listGrantCandidates(owner, { resource, search }));
    expect((await candidates("")).people).toHaveLength(3);
    await give("ADMIN", resource, "MEMBER");
    await give("MEMBER", made.workspace, "MEMBER");
    expect((await candidates("")).people.map(({ id }) => id).sort()).toEqual(
      [userId("OWNER"), userId("MEMBER")].sort(),
    );
    expect((await candidates("member-")).people.map(({ id }) => id)).toEqual([userId("MEMBER")]);
    const organizationId = organization.id;
    for (let count = 0; count < 20; count++) {
      const email = `many-${count}-${randomUUID()}@example.com`;
      const user = await database().user.create({ data: { name: `Many ${count}`, email } });
      await database().member.create({ data: { organizationId, userId: user.id, accessLevel: "MEMBER" } });
    }
    expect(await candidates("many")).toMatchObject({ people: { length: 20 }, more: false });
    expect(await candidates("")).toMatchObject({ people: { length: 20 }, more: true });
    expect(await listGrantCandidates(member, { resource, search: "" })).toMatchObject({ code: "forbidden" });
  });
});

describe("changing", () => {
  test("[Y9] [P9] changes no key row: the next verdict there has fewer permissions, says why, and can be restored", async () => {
    const { application: resource } = made;
    await give("MEMBER", resource, "ADMIN");
    await give("MEMBER", made.workspace, "ADMIN");
    const key = await keyIn("MEMBER", resource);
    const elsewhere = await keyIn("MEMBER", made.workspace);
    const before = await keyRow(key.id);
    const permissionsOf = async (token: string) => {
      const judged = await verdict(token);
      if (judged.code !== "VALID") throw new Error(judged.code);
      return judged;
    };
    const full = (await permissionsOf(key.token)).permissions;
    expect(full).toContain("workspaces:create");

    const change = (accessLevel: AccessLevel) =>
      changeGrant(owner, { resource, userId: userId("MEMBER"), accessLevel, transfers: [] });
    value(await change("MEMBER"));
    const shrunk = await permissionsOf(key.token);
    expect(shrunk.permissions).not.toContain("workspaces:create");
    expect(shrunk.limits).toContainEqual(
      expect.objectContaining({
        by: "creator",
        level: "MEMBER",
        permissions: expect.arrayContaining(["workspaces:create"]),
      }),
    );
    expect((await permissionsOf(elsewhere.token)).permissions).toEqual(full);
    value(await change("OWNER"));
    expect((await permissionsOf(key.token)).permissions).toEqual(full);
    expect(await keyRow(key.id)).toEqual(before);
  });

  test("[L5] first shows which keys lose permissions, and who could take them over", async () => {
    const { application: resource } = made;
    await give("MEMBER", resource, "ADMIN");
    await give("MEMBER", made.workspace, "ADMIN");
    const key = await keyIn("MEMBER", resource);
    await keyIn("MEMBER", made.workspace);
    const input = { resource, userId: userId("MEMBER"), accessLevel: "MEMBER" } as const;
    expect(value(await readGrantConsequences(owner, { ...input, page: 0 }))).toMatchObject({
      keys: [{ id: key.id, lost: expect.arrayContaining(["workspaces:create"]), receivers: [] }],
    });
    await give("OWNER", resource, "ADMIN");
    expect(value(await readGrantConsequences(owner, { ...input, page: 0 }))).toMatchObject({
      keys: [{ id: key.id, receivers: [userId("OWNER")] }],
      receivers: [{ id: userId("OWNER") }],
    });
    const transfers = [{ keyId: key.id, toUserId: userId("OWNER") }];
    value(await changeGrant(owner, { ...input, transfers }));
    expect(await keyRow(key.id)).toMatchObject({ creatorId: userId("OWNER"), revokedAt: null });
  });

  test("to the current level writes nothing; without a grant there is nothing to change", async () => {
    const { group: resource } = made;
    const input = { resource, userId: userId("MEMBER"), accessLevel: "ADMIN", transfers: [] } as const;
    expect(await changeGrant(owner, { ...input, transfers: [] })).toMatchObject({ code: "not_found" });
    await give("MEMBER", resource, "ADMIN");
    const before = await entries();
    value(await changeGrant(owner, { ...input, transfers: [] }));
    expect(await entries()).toBe(before);
  });
});

describe("taking", () => {
  test("[Y8] [P9] revokes the person's keys there with the reason, and none elsewhere", async () => {
    const { application: resource } = made;
    for (const place of [resource, made.workspace]) await give("MEMBER", place, "ADMIN");
    const there = await keyIn("MEMBER", resource);
    const elsewhere = await keyIn("MEMBER", made.workspace);
    const own = await createTestKey(organization, { creator: "MEMBER", accessLevel: "MEMBER" });
    const input = { resource, userId: userId("MEMBER") } as const;
    expect(
      value(await readGrantConsequences(owner, { ...input, accessLevel: null, page: 0 })).keys.map(
        ({ id }) => id,
      ),
    ).toEqual([there.id]);
    const before = await entries();
    value(await takeGrant(owner, { ...input, transfers: [] }));
    expect(await entries()).toBe(before + 2);
    expect(await keyRow(there.id)).toMatchObject({ revocationReason: "creator_removed" });
    for (const { token } of [elsewhere, own]) expect(await verdict(token)).toMatchObject({ code: "VALID" });
    expect(await verdict(there.token)).toMatchObject({ code: "REVOKED" });
    expect((await verifyAuditChains()).every(({ fault }) => fault === null)).toBe(true);
  });

  test("[L5] a transferred key keeps working, with somebody who could have created it there", async () => {
    const { workspace: resource } = made;
    await give("MEMBER", resource, "ADMIN");
    const { id, token } = await keyIn("MEMBER", resource);
    const input = {
      resource,
      userId: userId("MEMBER"),
      transfers: [{ keyId: id, toUserId: userId("OWNER") }],
    };
    const before = await entries();
    expect(await takeGrant(owner, input)).toMatchObject({ code: "forbidden" });
    await give("OWNER", resource, "MEMBER");
    expect(await takeGrant(owner, input)).toMatchObject({ code: "forbidden" });
    expect(await entries()).toBe(before);
    await database().grant.updateMany({ where: { userId: userId("OWNER") }, data: { accessLevel: "ADMIN" } });
    value(await takeGrant(owner, input));
    expect(await verdict(token)).toMatchObject({ code: "VALID" });
  });

  test("[L5] a key of another namespace is not transferred with the access", async () => {
    for (const place of [made.application, made.workspace]) {
      await give("MEMBER", place, "ADMIN");
      await give("OWNER", place, "OWNER");
    }
    const { id } = await keyIn("MEMBER", made.workspace);
    const transfers = [{ keyId: id, toUserId: userId("OWNER") }];
    const input = { resource: made.application, userId: userId("MEMBER"), transfers };
    expect(await takeGrant(owner, input)).toMatchObject({ code: "conflict" });
  });

  test("asks for the password again after five minutes, and changes nothing before", async () => {
    await give("MEMBER", made.application, "ADMIN");
    const stale = { ...owner, actor: { ...owner.actor, authenticatedAt: new Date(Date.now() - 301_000) } };
    const input = { resource: made.application, userId: userId("MEMBER"), transfers: [] };
    expect(await takeGrant(stale, input)).toMatchObject({ code: "reauthentication_required" });
    value(await takeGrant(owner, input));
  });
});
