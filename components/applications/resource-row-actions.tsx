"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/overlay/dropdown-menu";
import type { ResourceRow } from "@/lib/services/resources/resource-view";
import { whyNotOffered } from "./resource-words";
import { useResources } from "./resources-context";

/** A row's menu. Actions this person may not take are disabled and say why. */
export function ResourceRowActions({ resource }: { resource: ResourceRow }) {
  const { openDialog } = useResources();
  const trigger = useRef<HTMLButtonElement>(null);
  const reasonId = useId();
  const { allowed } = resource;
  const reason = whyNotOffered(resource.type, allowed);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button ref={trigger} variant="ghost" size="icon-small" aria-label={`Actions for ${resource.name}`}>
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem
          disabled={!allowed.update}
          aria-describedby={allowed.update ? undefined : reasonId}
          onSelect={() => openDialog("rename", resource, trigger.current)}
        >
          <Pencil aria-hidden />
          Rename
        </DropdownMenuItem>
        <DropdownMenuItem
          tone="danger"
          disabled={!allowed.delete}
          aria-describedby={allowed.delete ? undefined : reasonId}
          onSelect={() => openDialog("delete", resource, trigger.current)}
        >
          <Trash2 aria-hidden />
          Delete
        </DropdownMenuItem>
        {reason !== undefined && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuLabel id={reasonId} className="max-w-56 py-1.5! font-normal! text-ink-muted!">
              {reason}.
            </DropdownMenuLabel>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
