import type { Permission } from "@/lib/core/permission";
import type { Role } from "@/lib/core/role";
import type { PermissionChange } from "@/lib/core/role-change";

/** One row of the table "Roles". */
export type RoleRow = Role & {
  readonly permissions: readonly Permission[];
  readonly builtIn: boolean;
  /** Keys that carry it, without the deleted ones. */
  readonly keys: number;
};

export type RolePage = {
  readonly rows: readonly RoleRow[];
  /** Roles that match the search. */
  readonly total: number;
  /** Has the organization any role of its own, found by the search or not? */
  readonly anyOwn: boolean;
  /** May the person who looks create, edit and delete the organization's own? */
  readonly manageable: boolean;
};

/** What saving a role would change, from the state now. */
export type RoleChangePreview = {
  /** Keys that work now and carry the role. */
  readonly liveKeys: number;
  /** Those of them that would gain or lose a permission. */
  readonly changed: number;
  /** The first of those by name. */
  readonly keys: readonly (PermissionChange & { readonly id: string; readonly name: string })[];
};
