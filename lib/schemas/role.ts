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
    // Report only the first fault: a hundred messages help nobody.
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

export const deleteRoleInput = z.strictObject({ roleId, seen });
export type DeleteRoleInput = { readonly roleId: string; readonly seen?: SeenRole | undefined };

export const previewRoleChangeInput = z.strictObject({ roleId, permissions, publishable: z.boolean() });
export type PreviewRoleChangeInput = z.infer<typeof previewRoleChangeInput>;

const { title, description } = content;
const publishable = z.boolean().meta({
  description:
    "Whether public keys may hold the role's permissions to read the organization's own resources.",
});
const named = permissions.meta({
  description:
    "Permissions, as `resource:action`: built-in ones and the organization's own. The calling key has to hold each that the role newly gives.",
});

/** The body of `POST /v1/roles`. */
export const createRoleBody = z.strictObject({
  id: createRoleInput.shape.roleId.meta({ description: "Never changes." }),
  title,
  description: description.default(""),
  permissions: named,
  publishable: publishable.default(false),
});

/** The body of `PATCH /v1/roles/{id}`. Omitted fields stay unchanged. */
export const updateRoleBody = z.strictObject({
  title: title.optional(),
  description: description.optional(),
  permissions: named.optional(),
  publishable: publishable.optional(),
});

/** The body of `POST /v1/roles/{id}/preview`. */
export const previewRoleBody = z.strictObject({
  permissions: named.optional(),
  publishable: publishable.optional(),
});

/** The path parameter of a role. */
export const roleIdParameter = z.strictObject({ id: roleId });
