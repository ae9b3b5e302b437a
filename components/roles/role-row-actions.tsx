"use client";

import { Ellipsis, PanelRight, Pencil, Trash2 } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/overlay/dropdown-menu";
import type { RoleRow } from "@/lib/services/roles/role-view";
import { useRoles } from "./roles-context";

/** A row's menu. Actions this person may not take are shown disabled. */
export function RoleRowActions({ role }: { role: RoleRow }) {
  const { manageable, openDialog } = useRoles();
  const trigger = useRef<HTMLButtonElement>(null);
  const changeable = manageable && !role.builtIn;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button ref={trigger} variant="ghost" size="icon-small" aria-label={`Actions for ${role.id}`}>
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={() => openDialog("details", role, trigger.current)}>
          <PanelRight aria-hidden />
          View details
        </DropdownMenuItem>
        <DropdownMenuItem disabled={!changeable} onSelect={() => openDialog("edit", role, trigger.current)}>
          <Pencil aria-hidden />
          Edit
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem
          tone="danger"
          disabled={!changeable}
          onSelect={() => openDialog("delete", role, trigger.current)}
        >
          <Trash2 aria-hidden />
          Delete
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
