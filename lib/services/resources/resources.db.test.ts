import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
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
import { createResource } from "./create-resource";
import { deleteResource } from "./delete-resource";
import { listResources } from "./list-resources";
import { readResource } from "./read-resource";
import { renameResource } from "./rename-resource";

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
const list = async (
  context: MemberContext,
  type: "application" | "workspace" | "usergroup",
  applicationId: string | null,
  over: { search?: string; page?: number } = {},
) => listResources(context, resourceListInput.parse({ type, applicationId, ...over }));
const names = async (...parameters: Parameters<typeof list>) =>
  value(await list(...parameters)).rows.map(({ name }) => name);

describe("creating", () => {
  test("[P3] an application, a workspace, a user group: its creator is OWNER there, one audit entry each", async () => {
    const before = await entries();
    const application = value(
      await createResource(owner, { type: "application", applicationId: null, name: "Mobile" }),
    );
    for (const type of ["workspace", "usergroup"] as const) {
      const { id } = value(
        await createResource(owner, { type, applicationId: application.id, name: "Staging" }),
      );
      expect(value(await readResource(owner, { type, id }))).toMatchObject({
        name: "Staging",
        level: "OWNER",
        people: 1,
        application: { id: application.id, name: "Mobile" },
      });
    }
    expect(await entries()).toBe(before + 3);
    expect(value(await readResource(owner, { type: "application", id: application.id }))).toMatchObject({
      level: "OWNER",
      workspaces: 1,
      userGroups: 1,
      creatable: { workspace: true, usergroup: true },
    });
    expect((await verifyAuditChains()).every(({ fault }) => fault === null)).toBe(true);
  });

  test("[P9] an ADMIN of the organization creates applications, but nothing inside other people's", async () => {
    const admin = await organization.as("ADMIN");
    const inOthers = { type: "workspace", applicationId: made.application.id, name: "Mine" } as const;
    expect(await createResource(admin, inOthers)).toMatchObject({ code: "forbidden" });
    const { id } = value(
      await createResource(admin, { type: "application", applicationId: null, name: "Admin's" }),
    );
    value(await createResource(admin, { ...inOthers, applicationId: id }));
    await give("ADMIN", made.application, "ADMIN");
    value(await createResource(admin, inOthers));
  });

  test("a name is unique in its parent, even with two at once, and free again after a deletion", async () => {
    const input = { type: "workspace", applicationId: made.application.id, name: "Twice" } as const;
    const results = await Promise.all([createResource(owner, input), createResource(owner, input)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ code: "conflict", fields: [{ field: "name" }] });
    const id = results.flatMap((result) => (result.ok ? [result.value.id] : []))[0] ?? "";
    expect(await renameResource(owner, { resource: made.workspace, name: "Twice" })).toMatchObject({
      code: "conflict",
      fields: [{ field: "name" }],
    });
    value(await deleteResource(owner, { resource: { type: "workspace", id }, keyTotal: 0 }));
    value(await createResource(owner, input));
    value(await createResource(owner, { ...input, type: "usergroup" }));
    value(await createResource(owner, { type: "usergroup", applicationId: null, name: "Twice" }));
  });

  test("in a foreign, unknown or deleted application is not found", async () => {
    const other = await createTestResources(await createTestOrganization("Other"));
    value(await deleteResource(owner, { resource: made.application, keyTotal: 0 }));
    for (const applicationId of [other.application.id, randomUUID(), made.application.id]) {
      for (const type of ["workspace", "usergroup"] as const) {
        expect(await createResource(owner, { type, applicationId, name: "Lost" })).toMatchObject({
          code: "not_found",
        });
      }
    }
  });
});

describe("seeing", () => {
  test("[P9] everyone sees applications and the organization's groups; their content needs access", async () => {
    const { application, workspace, group } = made;
    expect(await names(member, "application", null)).toEqual(["Storefront"]);
    expect(await names(member, "usergroup", null)).toEqual(["Everyone at Storefront"]);
    for (const type of ["workspace", "usergroup"] as const) {
      expect(await names(member, type, application.id)).toEqual([]);
    }
    expect(await readResource(member, workspace)).toMatchObject({ code: "not_found" });
    expect(value(await readResource(member, application))).toMatchObject({ workspaces: 0, userGroups: 0 });

    await give("MEMBER", group, "MEMBER");
    expect(await names(member, "usergroup", application.id)).toEqual(["Support"]);
    expect(await names(member, "workspace", application.id)).toEqual([]);
    expect(value(await readResource(member, application))).toMatchObject({ workspaces: 0, userGroups: 1 });

    await give("MEMBER", application, "MEMBER");
    expect(await names(member, "workspace", application.id)).toEqual(["Production"]);
    expect(value(await readResource(member, workspace))).toMatchObject({
      level: null,
      liveKeys: null,
      allowed: { update: false, delete: false, grant: false },
    });
    expect(value(await readResource(member, application))).toMatchObject({ workspaces: 1, userGroups: 1 });
  });

  test("an organization has no workspaces of its own", async () => {
    expect(await listResources(owner, { ...page, type: "workspace", applicationId: null })).toMatchObject({
      value: { rows: [], total: 0 },
    });
  });

  test("finds by name, takes wildcards literally, pages, and shows no resources of another tenant", async () => {
    for (const name of ["100% sure", "a_b", "axb"]) {
      value(await createResource(owner, { type: "application", applicationId: null, name }));
    }
    await createTestResources(await createTestOrganization("Other"), "Foreign");
    expect(await names(owner, "application", null, { search: "%" })).toEqual(["100% sure"]);
    expect(await names(owner, "application", null, { search: "A_B" })).toEqual(["a_b"]);
    expect(await names(owner, "application", null)).toEqual(
      ["100% sure", "a_b", "axb", "Storefront"].sort(byName),
    );
    const second = { ...page, type: "application", applicationId: null, page: 2, pageSize: 25 } as const;
    expect(value(await listResources(owner, second))).toMatchObject({ rows: [], total: 4 });
  });
});

const page = { search: "", page: 1, pageSize: 25 } as const;
/** The two databases may order text differently, but these names differ in their first letters. */
const byName = (a: string, b: string) => a.localeCompare(b);

describe("renaming", () => {
  test("keeps the id, writes one audit entry, and none when nothing changes", async () => {
    const before = await entries();
    value(await renameResource(owner, { resource: made.workspace, name: "Live" }));
    value(await renameResource(owner, { resource: made.workspace, name: "Live" }));
    expect(value(await readResource(owner, made.workspace))).toMatchObject({ name: "Live" });
    expect(await entries()).toBe(before + 1);
  });

  test("[P12] needs EDIT on the resource itself: a level around it is not enough", async () => {
    const rename = () => renameResource(member, { resource: made.workspace, name: "Mine" });
    expect(await rename()).toMatchObject({ code: "not_found" });
    await give("MEMBER", made.application, "OWNER");
    expect(await rename()).toMatchObject({ code: "forbidden" });
    await give("MEMBER", made.workspace, "ADMIN");
    value(await rename());
  });
});
