"use client";

import type { RoleRow } from "@/lib/services/roles/role-view";
import { RoleName } from "./role-name";
import { useRoles } from "./roles-context";

/** Opens the details. Fills its cell to make a large touch target. */
export function RoleNameButton({ role }: { role: RoleRow }) {
  const { openDialog } = useRoles();
  return (
    <button
      type="button"
      onClick={(event) => openDialog("details", role, event.currentTarget)}
      className="-mx-3 flex min-h-10.75 w-[calc(100%+1.5rem)] items-center px-3 text-left text-ink underline-offset-4 outline-offset-[-2px] hover:underline max-sm:min-h-11.75"
    >
      <span className="truncate max-sm:line-clamp-2 max-sm:whitespace-normal max-sm:py-1 max-sm:[overflow-wrap:anywhere]">
        <RoleName role={role} />
      </span>
    </button>
  );
}
