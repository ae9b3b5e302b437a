import { randomBytes, randomUUID } from "node:crypto";
import { vi } from "vitest";
import { onPage } from "@/e2e/permission-matrix/doors";
import type { MatrixWorld } from "@/e2e/permission-matrix/matrix-world";
import { testMatrix } from "@/e2e/permission-matrix/test-matrix";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import * as actions from "@/lib/actions/roles";
import { database } from "@/lib/db/client";
import { createRole } from "./create-role";
import { deleteRole } from "./delete-role";
import { listRoles } from "./list-roles";
import { updateRole } from "./update-role";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

type Target = { readonly roleId: string };

const seen = { title: "Viewer", description: "", permissions: ["intelligence:read"], publishable: false };
const changed = { ...seen, title: "Editor", permissions: ["intelligence:read", "intelligence:write"] };

const newRole = async (): Promise<Target> => ({ roleId: `role_${randomBytes(6).toString("hex")}` });
const own = ({ organization }: MatrixWorld) => insert(organization);

async function insert({ id: organizationId }: TestOrganization): Promise<Target> {
  const { roleId } = await newRole();
  await database().role.create({ data: { organizationId, roleId, ...seen } });
  return { roleId };
}

testMatrix<Target>("Roles", {
  proves: "[B2, S5] who may find a compromised key sees what roles there are; an owner says what they give",
  calls: {
    listRoles: {
      door: (slug) => onPage(slug, (context) => listRoles(context, { search: "", page: 1, pageSize: 25 })),
    },
    createRole: {
      door: (slug, { roleId }) => actions.createRole(slug, { roleId, ...seen }, randomUUID()),
      verb: (context, { roleId }) => createRole(context, { roleId, ...seen }),
    },
    updateRole: {
      door: (slug, { roleId }) => actions.updateRole(slug, { roleId, ...changed, seen }, randomUUID()),
      verb: (context, { roleId }) => updateRole(context, { roleId, ...changed, seen }),
      byId: true,
    },
    previewRoleChange: {
      door: (slug, { roleId }) =>
        actions.previewRoleChange(slug, { roleId, permissions: changed.permissions, publishable: true }),
      byId: true,
    },
    deleteRole: {
      door: (slug, { roleId }) => actions.deleteRole(slug, { roleId, seen }, randomUUID()),
      verb: (context, { roleId }) => deleteRole(context, { roleId, seen }),
      byId: true,
    },
  },
  targets: {
    all: own,
    "a new one": newRole,
    "one that is there": own,
    "an own one": own,
    "a built-in one": async () => ({ roleId: "read_only" }),
    "one that a key carries": async (world) => {
      const { roleId } = await own(world);
      await createTestKey(world.organization, { roles: [roleId] });
      return { roleId };
    },
    "one of another organization": ({ elsewhere }) => insert(elsewhere),
  },
});
