import type { Permission } from "@/lib/core/access/permission";
import type { Role } from "@/lib/core/access/role";
import type { PermissionChange } from "@/lib/core/access/role-change";
import type { UseOfKeys } from "@/lib/services/keys/impact/keys-impact";
import type { ListedImpact } from "@/lib/services/keys/impact/most-used-keys";

/** One row of the table "Roles". */
export type RoleRow = Role & {
  readonly permissions: readonly Permission[];
  readonly builtIn: boolean;
  /** The number of keys that have it, not counting deleted ones. */
  readonly keys: number;
};

export type RolePage = {
  readonly rows: readonly RoleRow[];
  /** Roles that match the search. */
  readonly total: number;
  /** Whether the organization has any roles of its own, even if the search does not match them. */
  readonly anyOwn: boolean;
  /** Whether the viewer may create, edit and delete the organization's own roles. */
  readonly manageable: boolean;
};

/** What saving a role would change now. */
export type RoleChangePreview = {
  /** The number of live keys with the role. */
  readonly liveKeys: number;
  /** The number of live keys that would gain or lose a permission. */
  readonly changed: number;
  /** The most used of the changed keys. */
  readonly keys: readonly (ListedImpact & PermissionChange)[];
  /** How the changed keys are used. */
  readonly use: Pick<UseOfKeys, "counts" | "hours">;
};
