import { z } from "zod";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { mapResult, success } from "@/lib/core/result";
import { limitQuery, roleCursorQuery } from "@/lib/schemas/list-query";
import { createRoleBody, previewRoleBody, roleIdParameter, updateRoleBody } from "@/lib/schemas/role";
import { createRole } from "@/lib/services/roles/create-role";
import { deleteRole } from "@/lib/services/roles/delete-role";
import { previewRoleChange } from "@/lib/services/roles/preview-role-change";
import type { RoleRow } from "@/lib/services/roles/role-view";
import { listRolesOfKey, readRoleOfKey, showRoleOfKey } from "@/lib/services/roles/roles-of-key";
import { updateRole } from "@/lib/services/roles/update-role";
import { noContent, operation } from "../../operate/operation";
import { pageAnswer } from "../../shapes/list-json";
import { publicKeyId } from "../../shapes/presented-key-json";
import { writeJson } from "../../shapes/write-json";

const tag = "Roles";
const permissions = z.array(z.string());
const role = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    permissions,
    publishable: z.boolean().meta({
      description: "Whether public keys may hold its permissions to read the organization's own resources.",
    }),
    built_in: z.boolean().meta({ description: "Built-in roles are the same everywhere and never change." }),
    keys: z
      .int()
      .meta({ description: "How many keys carry it, in every namespace; deleted ones do not count." }),
  })
  .meta({ id: "Role" });

const example = {
  id: "ic_viewer",
  title: "Intelligence, read only",
  description: "",
  permissions: ["intelligence:read"],
  publishable: false,
  built_in: false,
  keys: 3,
};

const preview = z
  .strictObject({
    live_keys: z.int().meta({ description: "Live keys that carry the role, in every namespace." }),
    changed_keys: z.int().meta({ description: "Live keys that would gain or lose a permission." }),
    keys: z
      .array(z.strictObject({ id: publicKeyId, name: z.string(), gains: permissions, losses: permissions }))
      .meta({
        description:
          "The first 20 of the changed keys by name, of those that the calling key sees. Seeing keys takes `keys:read`.",
      }),
  })
  .meta({ id: "RolePreview" });

const toJson = (row: RoleRow) => writeJson(role, row);
const seen =
  "Roles belong to the organization: a key of an application, a workspace or a user group sees none.";
const bounded =
  "A key gives no permission that it does not hold itself. With `full_access` it can give the organization's own permissions too.";

export const roleOperations = [
  operation({
    method: "get",
    path: "/v1/roles",
    operationId: "listRoles",
    summary: "List roles",
    description: `The built-in roles and the organization's own, by id. ${seen}`,
    tag,
    permission: "keys:read",
    query: z.strictObject({
      limit: limitQuery,
      cursor: roleCursorQuery,
      built_in: z
        .enum(["true", "false"])
        .transform((text) => text === "true")
        .optional()
        .meta({ type: "boolean", description: "Only built-in roles, or only the organization's own." }),
    }),
    answer: pageAnswer("A page of the roles.", role, example),
    handle: async ({ context, query: { cursor: after = null, ...query } }) =>
      mapResult(await listRolesOfKey(context, { ...query, after }), ({ rows, next }) => ({
        data: rows.map(toJson),
        next_cursor: next,
      })),
  }),
  operation({
    method: "post",
    path: "/v1/roles",
    operationId: "createRole",
    summary: "Create a role",
    description: `Keys can carry it at once. ${bounded} An organization has at most 500 roles of its own. Needs a key of the organization.`,
    tag,
    permission: "roles:manage",
    body: createRoleBody,
    example: { id: "ic_viewer", title: "Intelligence, read only", permissions: ["intelligence:read"] },
    answer: { status: 201, description: "The new role.", schema: role, example: { ...example, keys: 0 } },
    errors: ["conflict"],
    handle: async ({ context, body: { id: roleId, ...content } }) => {
      const created = await createRole(context, { roleId, ...content });
      if (created.ok) return success(toJson({ id: roleId, ...content, builtIn: false, keys: 0 }));
      // The verb names its fields as the dashboard does.
      const fields = created.fields?.map((each) => ({ ...each, field: each.field.replace("roleId", "id") }));
      return fields === undefined ? created : { ...created, fields };
    },
  }),
  operation({
    method: "get",
    path: "/v1/roles/{id}",
    operationId: "readRole",
    summary: "Read a role",
    description: seen,
    tag,
    permission: "keys:read",
    params: roleIdParameter,
    answer: { description: "The role.", schema: role, example },
    handle: async ({ context, params }) =>
      mapResult(await readRoleOfKey(context, { roleId: params.id }), toJson),
  }),
  operation({
    method: "patch",
    path: "/v1/roles/{id}",
    operationId: "updateRole",
    summary: "Change a role",
    description: `Omitted fields stay as they are. Every key that carries the role has the change on its next call. ${bounded} If the role gives more, each key that carries it and would gain must be one that the calling key could change: in the organization's own namespace, below its level and within its limits. Built-in roles are 404. ${seen}`,
    tag,
    permission: "roles:manage",
    params: roleIdParameter,
    body: updateRoleBody,
    example: { permissions: ["intelligence:read", "intelligence:write"] },
    answer: {
      description: "The role as it is now.",
      schema: role,
      example: { ...example, permissions: ["intelligence:read", "intelligence:write"] },
    },
    errors: ["conflict"],
    handle: async ({ context, params: { id: roleId }, body }) => {
      const updated = await updateRole(context, { ...body, roleId });
      return updated.ok ? mapResult(await showRoleOfKey(context, { roleId }), toJson) : updated;
    },
  }),
  operation({
    method: "delete",
    path: "/v1/roles/{id}",
    operationId: "deleteRole",
    summary: "Delete a role",
    description: `Refused as a conflict while a key carries it, even a revoked one that is still listed. A second DELETE is 404. Built-in roles are 404. ${seen}`,
    tag,
    permission: "roles:manage",
    params: roleIdParameter,
    answer: noContent("Deleted."),
    errors: ["conflict"],
    handle: ({ context, params }) => deleteRole(context, { roleId: params.id }),
  }),
  operation({
    method: "post",
    path: "/v1/roles/{id}/preview",
    operationId: "previewRole",
    summary: "Preview a change of a role",
    description: `Says which live keys would gain or lose permissions if the role changed like this now. Changes nothing. ${seen}`,
    tag,
    permission: "roles:manage",
    onlyReads: true,
    params: roleIdParameter,
    body: previewRoleBody,
    example: { permissions: ["intelligence:read", "intelligence:write"] },
    answer: {
      description: "What would change.",
      schema: preview,
      example: {
        live_keys: 3,
        changed_keys: 1,
        keys: [{ id: "key_0123456789abcdEF", name: "Billing", gains: ["intelligence:write"], losses: [] }],
      },
    },
    handle: async ({ context, params, body }) =>
      mapResult(
        await previewRoleChange(context, { ...body, roleId: params.id }),
        ({ liveKeys, changed: changedKeys, keys }) =>
          writeJson(preview, {
            liveKeys,
            changedKeys,
            keys: keys.map(({ id, name, gains, losses }) => ({ id: formatKeyId(id), name, gains, losses })),
          }),
      ),
  }),
];
