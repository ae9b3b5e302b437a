"use client";

import { PanelRight, Pencil, Trash2 } from "lucide-react";
import { ActionItems } from "@/components/list/action-items";
import type { MenuTrigger } from "@/components/list/row-menu";
import { OwnersToAsk } from "@/components/members/owners-to-ask";
import type { RoleRow } from "@/lib/services/roles/role-view";
import { RoleDetailsDialog } from "./lazy-role-details";
import { DeleteRoleDialog, EditRoleDialog } from "./role-dialogs";

type RoleMenuProps = { role: RoleRow; manageable: boolean; trigger: MenuTrigger };

export function RoleMenu({ role, manageable, trigger }: RoleMenuProps) {
  const disabledBecause = role.builtIn
    ? "Built-in roles cannot be changed"
    : manageable
      ? undefined
      : "Only owners can change roles";
  return (
    <ActionItems
      trigger={trigger}
      whoMay={!manageable && !role.builtIn && <OwnersToAsk />}
      actions={[
        {
          name: "View details",
          icon: PanelRight,
          dialog: (props) => <RoleDetailsDialog role={role} manageable={manageable} {...props} />,
        },
        {
          name: "Edit",
          icon: Pencil,
          disabledBecause,
          dialog: (props) => <EditRoleDialog role={role} {...props} />,
        },
        {
          name: "Delete",
          icon: Trash2,
          tone: "danger",
          separated: true,
          disabledBecause,
          dialog: (props) => <DeleteRoleDialog role={role} {...props} />,
        },
      ]}
    />
  );
}
