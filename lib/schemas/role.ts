import { z } from "zod";
import { isUnknownAction, permissionPattern } from "@/lib/core/access/permission";
import { builtInRole } from "@/lib/core/access/role";
import { plainText, typedString } from "./fields/plain-text";

const permissionsMaximum = 100;

/** Sorted and unique, so that the same set of permissions is always sent the same way. */
const permissions = z
  .array(typedString(81))
  .min(1, "A role names at least one permission")
  .max(permissionsMaximum, `A role names at most ${permissionsMaximum} permissions`)
  .superRefine((named, context) => {
    const faults = named.flatMap((permission) => permissionFault(permission) ?? []);
    // Report one fault at a time: a hundred messages help nobody.
    if (faults[0] !== undefined) context.addIssue({ code: "custom", message: faults[0] });
  })
  .transform((named) => [...new Set(named)].sort());

function permissionFault(permission: string): string | undefined {
  const shown = `“${permission.slice(0, 81)}”`;
  if (!permissionPattern.test(permission)) {
    return `${shown} is not a permission. Write resource:action in lower case, such as intelligence:read`;
  }
  if (isUnknownAction(permission)) {
    const [resource, action] = permission.split(":");
    return `There is no action “${action}” on the built-in resource “${resource}”`;
  }
  return undefined;
}

const roleId = typedString(64).regex(/^[a-z][a-z0-9_]{0,63}$/, {
  error: ({ input }) =>
    input === ""
      ? "Role ID is required"
      : "A role ID has at most 64 lower-case letters, digits and underscores, and starts with a letter",
});

const content = {
  title: plainText({ label: "Title", minimum: 1, maximum: 100 }),
  description: plainText({ label: "Description", minimum: 0, maximum: 500, lines: true }),
  permissions,
  publishable: z.boolean(),
};

/** The role as the person saw it before changing it. */
const seen = z.strictObject({
  title: z.string().max(1000),
  description: z.string().max(5000),
  permissions: z.array(z.string().max(100)).max(1000),
  publishable: z.boolean(),
});
export type SeenRole = z.infer<typeof seen>;

export const createRoleInput = z.strictObject({
  roleId: roleId.refine((id) => builtInRole(id) === undefined, "A built-in role has this ID"),
  ...content,
});
export type CreateRoleInput = z.infer<typeof createRoleInput>;

export const updateRoleInput = z.strictObject({ roleId, ...content, seen });
export type UpdateRoleInput = z.infer<typeof updateRoleInput>;

export const deleteRoleInput = z.strictObject({ roleId, seen });
export type DeleteRoleInput = z.infer<typeof deleteRoleInput>;

export const previewRoleChangeInput = z.strictObject({ roleId, permissions, publishable: z.boolean() });
export type PreviewRoleChangeInput = z.infer<typeof previewRoleChangeInput>;
