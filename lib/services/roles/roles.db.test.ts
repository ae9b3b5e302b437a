import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { builtInRoles } from "@/lib/core/access/role";
import { database } from "@/lib/db/client";
import type { CreateRoleInput } from "@/lib/schemas/role";
import type { MemberContext } from "@/lib/services/access/context";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { generateKey } from "@/lib/services/keys/generate-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { createRole } from "./create-role";
import { deleteRole } from "./delete-role";
import { listRoles } from "./list-roles";
import { updateRole } from "./update-role";

let organization: TestOrganization;
let other: TestOrganization;
let owner: MemberContext;

provideTestDatabase();
beforeAll(async () => {
  other = await createTestOrganization("Other");
});
beforeEach(async () => {
  organization = await createTestOrganization("Roles");
  owner = await organization.as("OWNER");
});

const content = {
  title: "Intelligence Center Read-Only",
  description: "Reads reports.",
  permissions: ["intelligence:read"],
  publishable: false,
};
const viewer: CreateRoleInput = { roleId: "ic_viewer", ...content };
const changed = { ...content, permissions: ["intelligence:read", "intelligence:write"] };
const everything = { search: "", page: 1, pageSize: 100 } as const;

const keyInput = (over: object = {}) => ({
  name: "A key",
  description: "",
  type: "secret" as const,
  accessLevel: "MEMBER" as const,
  namespace: { type: "organization" as const, id: organization.id },
  roles: ["ic_viewer"],
  expiresAt: null,
  ...over,
});
const newKey = async (over: object = {}) => value(await generateKey(owner, keyInput(over)));
const permissionsOf = async (token: string) => {
  const verdict = await judgeToken(token, {}, new Date());
  return "permissions" in verdict ? verdict.permissions : verdict.code;
};
const ownRoles = () =>
  database().role.findMany({ where: { organizationId: organization.id }, orderBy: { roleId: "asc" } });
const entries = () =>
  database().auditEntry.findMany({
    where: { organizationId: organization.id },
    orderBy: { sequence: "asc" },
    omit: { hash: true },
  });
const brokenChains = async () => (await verifyAuditChains()).filter(({ fault }) => fault !== null);
const state = async () => JSON.stringify([await ownRoles(), await entries()]);

describe("the list", () => {
  test("[S5] has the built-in roles first, then its own, with the keys that carry each", async () => {
    value(await createRole(owner, { ...viewer, roleId: "z_last" }));
    value(await createRole(owner, viewer));
    value(await createRole(await other.as("OWNER"), { ...viewer, roleId: "foreign_role" }));
    await newKey({ roles: ["ic_viewer", "read_only"] });
    const { id } = await newKey();
    value(await revokeKey(owner, { keyId: id }));
    const gone = await newKey();
    value(await deleteKey(owner, { keyId: gone.id }));

    const page = value(await listRoles(owner, everything));
    expect(page.rows.map((role) => role.id)).toEqual([
      ...builtInRoles.map((role) => role.id),
      "ic_viewer",
      "z_last",
    ]);
    const keys = Object.fromEntries(page.rows.map((role) => [role.id, role.keys]));
    expect(keys).toMatchObject({ ic_viewer: 2, read_only: 1, z_last: 0, auditor: 0 });
    expect(page).toMatchObject({ total: builtInRoles.length + 2, manageable: true });
    await database().role.deleteMany({ where: { organizationId: other.id } });
  });

  test("[S5] [B2] is readable for an admin, and hidden from a member", async () => {
    expect(value(await listRoles(await organization.as("ADMIN"), everything)).manageable).toBe(false);
    expect(await listRoles(await organization.as("MEMBER"), everything)).toMatchObject({ code: "not_found" });
  });

  test("[S5] is searched and limited, and hostile text finds nothing", async () => {
    value(await createRole(owner, viewer));
    const found = async (search: string) =>
      value(await listRoles(owner, { ...everything, search })).rows.map((role) => role.id);
    expect(await found("INTELLIGENCE")).toEqual(["ic_viewer"]);
    expect(await found("intelligence:re")).toEqual(["ic_viewer"]);
    for (const text of ["%", "\\", "' OR 1=1 --", "x".repeat(200)]) expect(await found(text)).toEqual([]);
    const second = value(await listRoles(owner, { search: "", page: 2, pageSize: 10 }));
    expect(second.total).toBe(builtInRoles.length + 1);
    expect(second.rows).toEqual([]);
  });
});

describe("creating", () => {
  test("[S5] writes one entry, and the chain verifies", async () => {
    value(await createRole(owner, viewer));
    expect(await ownRoles()).toMatchObject([viewer]);
    expect((await entries()).at(-1)).toMatchObject({
      action: "role.created",
      targetType: "role",
      targetName: "ic_viewer - Intelligence Center Read-Only",
      details: viewer,
    });
    expect(await brokenChains()).toEqual([]);
  });

  test("[S5] a taken id is a conflict, even for ten at once; another organization may use it", async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => createRole(owner, viewer)));
    expect(made.filter((result) => result.ok)).toHaveLength(1);
    for (const refused of made.filter((result) => !result.ok)) {
      expect(refused).toMatchObject({ code: "conflict", fields: [{ field: "roleId" }] });
    }
    expect((await entries()).filter(({ action }) => action === "role.created")).toHaveLength(1);
    value(await createRole(await other.as("OWNER"), viewer));
    await database().role.deleteMany({ where: { organizationId: other.id } });
  });

  test("[S5] an organization has at most 500 roles", async () => {
    await database().role.createMany({
      data: Array.from({ length: 499 }, (_, index) => ({
        organizationId: organization.id,
        ...viewer,
        roleId: `role_${index}`,
      })),
    });
    value(await createRole(owner, viewer));
    expect(await createRole(owner, { ...viewer, roleId: "too_many" })).toMatchObject({ code: "conflict" });
  });
});

describe("a key with a role of the organization's own", () => {
  test("[S5] [L4] may do what the role says, including later changes from the next verification on", async () => {
    value(await createRole(owner, viewer));
    const { token } = await newKey();
    expect(await permissionsOf(token)).toEqual(["intelligence:read"]);
    value(await updateRole(owner, { roleId: "ic_viewer", ...changed, seen: content }));
    expect(await permissionsOf(token)).toEqual(["intelligence:read", "intelligence:write"]);
  });

  test("[S5] [J1] a public one gets the read permissions of a publishable role", async () => {
    value(await createRole(owner, { ...viewer, permissions: ["intelligence:read", "intelligence:write"] }));
    const seen = { ...content, permissions: ["intelligence:write", "intelligence:read"] };
    const { token } = await newKey({ type: "public" });
    expect(await permissionsOf(token)).toEqual([]);
    value(await updateRole(owner, { roleId: "ic_viewer", ...changed, publishable: true, seen }));
    expect(await permissionsOf(token)).toEqual(["intelligence:read"]);
  });
});

describe("updating", () => {
  test("[S5] writes one entry with before and after; saving without changes writes none", async () => {
    value(await createRole(owner, viewer));
    const before = (await entries()).length;
    value(await updateRole(owner, { roleId: "ic_viewer", ...content, seen: content }));
    expect(await entries()).toHaveLength(before);
    value(await updateRole(owner, { roleId: "ic_viewer", ...changed, seen: content }));
    expect(await ownRoles()).toMatchObject([changed]);
    expect((await entries()).slice(before)).toMatchObject([
      {
        action: "role.updated",
        details: { permissionsBefore: content.permissions, permissions: changed.permissions },
      },
    ]);
  });

  test("[S5] of two people with the same view, one saves and the other gets a conflict", async () => {
    value(await createRole(owner, viewer));
    const saves = ["One", "Two", "Three"].map((title) =>
      updateRole(owner, { roleId: "ic_viewer", ...content, title, seen: content }),
    );
    const saved = await Promise.all(saves);
    expect(saved.filter((result) => result.ok)).toHaveLength(1);
    for (const refused of saved.filter((result) => !result.ok)) {
      expect(refused).toMatchObject({ code: "conflict" });
    }
  });

  test("[S5] every field of the view counts for a conflict", async () => {
    value(await createRole(owner, viewer));
    const before = await state();
    for (const seen of [
      { ...content, title: "Other" },
      { ...content, description: "Other" },
      { ...content, permissions: [] },
      { ...content, publishable: true },
    ]) {
      const input = { roleId: "ic_viewer", ...changed, seen };
      expect(await updateRole(owner, input)).toMatchObject({ code: "conflict" });
      expect(await deleteRole(owner, input)).toMatchObject({ code: "conflict" });
    }
    expect(await state()).toBe(before);
  });

  test("[S5] nobody can change or delete a built-in role", async () => {
    const seen = content;
    for (const roleId of ["full_access", "read_only", "no_such_role"]) {
      expect(await updateRole(owner, { roleId, ...changed, seen })).toMatchObject({ code: "not_found" });
      expect(await deleteRole(owner, { roleId, seen })).toMatchObject({ code: "not_found" });
    }
  });
});

describe("deleting", () => {
  test("[S5] is refused while keys carry the role, and says how many", async () => {
    value(await createRole(owner, viewer));
    const input = { roleId: "ic_viewer", seen: content };
    const keys = [await newKey(), await newKey()];
    value(await revokeKey(owner, { keyId: keys[0]?.id ?? "" }));
    const before = await state();
    expect(await deleteRole(owner, input)).toMatchObject({
      code: "conflict",
      detail: "2 keys carry this role. A role in use cannot be deleted.",
    });
    expect(await state()).toBe(before);
    for (const { id } of keys) value(await deleteKey(owner, { keyId: id }));
    value(await deleteRole(owner, input));
    expect(await ownRoles()).toEqual([]);
    expect((await entries()).at(-1)).toMatchObject({ action: "role.deleted", details: viewer });
    expect(await brokenChains()).toEqual([]);
    expect(await deleteRole(owner, input)).toMatchObject({ code: "not_found" });
  });
});
