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
import { resourceListInput } from "@/lib/schemas/resource";
import type { MemberContext } from "@/lib/services/access/context";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import { deleteResource } from "./delete-resource";
import { listResources } from "./list-resources";
import { readResource } from "./read-resource";
import { readResourceDeletion } from "./read-resource-deletion";

let organization: TestOrganization;
let made: TestResources;
let owner: MemberContext;
let member: MemberContext;
provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("Resources");
  made = await createTestResources(organization);
  owner = await organization.as("OWNER");
  member = await organization.as("MEMBER");
});

const entries = () => database().auditEntry.count({ where: { organizationId: organization.id } });
const give = (level: AccessLevel, resource: Resource, accessLevel: AccessLevel) =>
  giveTestGrant(organization, organization.userIds[level], resource, accessLevel);
describe("deleting", () => {
  const inNamespace = (namespace: Resource, name: string) =>
    createTestKey(organization, { name, namespace, accessLevel: "ADMIN" });

  test("[P3] an application also deletes its workspaces, groups, grants and keys, and says so first", async () => {
    for (const each of Object.values(made)) await give("OWNER", each, "OWNER");
    const ending = [
      await inNamespace(made.application, "In the application"),
      await inNamespace(made.workspace, "In the workspace"),
      await inNamespace(made.group, "In the group"),
    ];
    const staying = [
      await createTestKey(organization, { name: "Of the organization" }),
      await inNamespace(made.organizationGroup, "Of the organization's group"),
    ];
    const resource = made.application;
    expect(value(await readResourceDeletion(owner, { resource }))).toMatchObject({
      keys: [{ name: "In the application" }, { name: "In the group" }, { name: "In the workspace" }],
      keyTotal: 3,
      workspaces: 1,
      userGroups: 1,
      people: 1,
    });
    const before = await entries();
    expect(await deleteResource(owner, { resource, keyTotal: 2 })).toMatchObject({ code: "conflict" });
    expect(await entries()).toBe(before);
    value(await deleteResource(owner, { resource, keyTotal: 3 }));

    // One entry for each deleted resource and each revoked key.
    expect(await entries()).toBe(before + 6);
    const read = (keys: readonly { id: string }[]) =>
      database().apiKey.findMany({ where: { id: { in: keys.map(({ id }) => id) } } });
    for (const key of await read(ending)) {
      expect(key).toMatchObject({ revocationReason: "resource_deleted", revokedById: owner.actor.userId });
    }
    for (const key of await read(staying)) expect(key.revokedAt).toBeNull();
    const left = resourceListInput.parse({ type: "application", applicationId: null });
    expect(value(await listResources(owner, left)).rows).toEqual([]);
    for (const gone of [made.application, made.workspace, made.group]) {
      expect(await readResource(owner, gone)).toMatchObject({ code: "not_found" });
      expect(await deleteResource(owner, { resource: gone, keyTotal: 0 })).toMatchObject({
        code: "not_found",
      });
    }
    const grants = await database().grant.findMany({ where: { organizationId: organization.id } });
    expect(grants.map(({ userGroupId }) => userGroupId)).toEqual([made.organizationGroup.id]);
    expect((await verifyAuditChains()).every(({ fault }) => fault === null)).toBe(true);
  });

  test("[P9] an application's owner may not delete with it what they may not delete separately", async () => {
    await give("MEMBER", made.application, "OWNER");
    const input = { resource: made.application, keyTotal: 0 };
    expect(await deleteResource(member, input)).toMatchObject({ code: "forbidden" });
    await give("MEMBER", made.workspace, "ADMIN");
    expect(await deleteResource(member, input)).toMatchObject({
      code: "forbidden",
      detail: expect.stringContaining("Support"),
    });
    await give("MEMBER", made.group, "ADMIN");
    value(await deleteResource(member, input));
  });

  test("asks for the password again after five minutes, and changes nothing before", async () => {
    const stale = { ...owner, actor: { ...owner.actor, authenticatedAt: new Date(Date.now() - 301_000) } };
    const input = { resource: made.workspace, keyTotal: 0 };
    expect(await deleteResource(stale, input)).toMatchObject({ code: "reauthentication_required" });
    value(await readResource(owner, made.workspace));
  });

  test("also ends expired keys, without counting them", async () => {
    await give("OWNER", made.workspace, "OWNER");
    const expiresAt = new Date("2026-02-01T00:00:00Z");
    const key = await createTestKey(organization, { namespace: made.workspace, expiresAt });
    value(await deleteResource(owner, { resource: made.workspace, keyTotal: 0 }));
    const { revokedAt } = await database().apiKey.findUniqueOrThrow({ where: { id: key.id } });
    expect(revokedAt).not.toBeNull();
  });
});
