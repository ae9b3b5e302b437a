"use client";

import type { ReactNode } from "react";
import { columnsOf } from "@/components/data-table/columns-of";
import { Badge } from "@/components/ui/badge";
import type { RoleRow } from "@/lib/services/roles/role-view";
import { RoleNameButton } from "./role-name-button";
import { RoleRowActions } from "./role-row-actions";
import { type RolesColumnId, rolesColumnLayout } from "./roles-column-layout";

const cells: Record<RolesColumnId, (role: RoleRow) => ReactNode> = {
  role: (role) => <RoleNameButton role={role} />,
  description: ({ description }) => (
    <span title={description} className="block truncate text-ink-muted">
      {description}
    </span>
  ),
  permissions: ({ permissions }) => <FirstPermission permissions={permissions} />,
  kind: (role) => <span className="text-ink-muted">{role.builtIn ? "Built-in" : "Own"}</span>,
  publishable: (role) => <span className="text-ink-muted">{role.publishable ? "Yes" : "No"}</span>,
  keys: (role) => <span className="tabular-nums">{role.keys}</span>,
  actions: (role) => <RoleRowActions role={role} />,
};

export const rolesColumns = columnsOf(rolesColumnLayout, cells);

/** The first permission and a count of the others; hovering and the details show all. */
function FirstPermission({ permissions }: { permissions: readonly string[] }) {
  return (
    <span className="flex items-center gap-1" title={permissions.join("\n")}>
      <Badge className="block! min-w-0 font-mono">{permissions[0]}</Badge>
      {permissions.length > 1 && <Badge className="shrink-0 tabular-nums">+{permissions.length - 1}</Badge>}
    </span>
  );
}
