import type { BuiltInPermission, Permission } from "@/lib/core/access/permission";
import { builtInPermissions, isUnknownAction, permissionPattern } from "@/lib/core/access/permission";
import type { RoleRow } from "@/lib/services/roles/role-view";

/** The state of the role form. */
export type RoleDraft = {
  readonly title: string;
  readonly description: string;
  /** The organization's own permissions, as typed. */
  readonly ownText: string;
  readonly builtIn: readonly BuiltInPermission[];
  readonly publishable: boolean;
};

export const emptyDraft: RoleDraft = {
  title: "",
  description: "",
  ownText: "",
  builtIn: [],
  publishable: false,
};

type DraftedRole = {
  readonly title: string;
  readonly description: string;
  readonly permissions: readonly Permission[];
  readonly publishable: boolean;
};

export function draftOf({ title, description, permissions, publishable }: DraftedRole): RoleDraft {
  const builtIn = builtInPermissions.filter((permission) => permissions.includes(permission));
  const own = permissions.filter((permission) => !(builtIn as readonly string[]).includes(permission));
  return { title, description, ownText: own.join("\n"), builtIn, publishable };
}

/** All permissions in the draft, sorted and unique. Commas, spaces and line breaks separate them. */
export function draftPermissions({ ownText, builtIn }: RoleDraft): Permission[] {
  const own = ownText.split(/[\s,]+/).filter((text) => text !== "");
  return [...new Set<Permission>([...own, ...builtIn])].sort();
}

/** Can a role have these permissions? The server's message says why not. */
export function arePermissions(named: readonly Permission[]): boolean {
  return (
    named.length > 0 &&
    named.every((permission) => permissionPattern.test(permission) && !isUnknownAction(permission))
  );
}

/** The values of a draft that are sent to the server. */
export function draftContent(draft: RoleDraft) {
  const { title, description, publishable } = draft;
  return { title, description, publishable, permissions: draftPermissions(draft) };
}

/** The values the person saw. Sent with a change, so that the server can detect a conflicting change. */
export function seenOf({ title, description, permissions, publishable }: RoleRow) {
  return { title, description, permissions: [...permissions], publishable };
}
