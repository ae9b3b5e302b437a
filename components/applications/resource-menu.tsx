"use client";

import { Pencil, Trash2 } from "lucide-react";
import { ActionItems } from "@/components/list/action-items";
import type { MenuTrigger } from "@/components/list/row-menu";
import type { ResourceRow } from "@/lib/services/resources/resource-view";
import { DeleteResourceDialog, RenameResourceDialog } from "./resource-dialogs";
import { whyNot } from "./resource-words";

type ResourceMenuProps = { resource: ResourceRow; trigger: MenuTrigger };

export function ResourceMenu({ resource, trigger }: ResourceMenuProps) {
  return (
    <ActionItems
      trigger={trigger}
      actions={[
        {
          name: "Rename",
          icon: Pencil,
          disabledBecause: whyNot(resource, "update"),
          dialog: (props) => <RenameResourceDialog resource={resource} {...props} />,
        },
        {
          name: "Delete",
          icon: Trash2,
          tone: "danger",
          disabledBecause: whyNot(resource, "delete"),
          dialog: (props) => <DeleteResourceDialog resource={resource} {...props} />,
        },
      ]}
    />
  );
}
