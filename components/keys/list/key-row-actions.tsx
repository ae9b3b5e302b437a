"use client";

import { Ban, Ellipsis, PanelRight, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/overlay/dropdown-menu";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { useKeys } from "./keys-context";

/** A row's menu. Actions this person may not take are shown disabled. */
export function KeyRowActions({ apiKey }: { apiKey: KeyRow }) {
  const { openDetails, openDialog } = useKeys();
  const trigger = useRef<HTMLButtonElement>(null);
  const { allowed } = apiKey;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button ref={trigger} variant="ghost" size="icon-small" aria-label={`Actions for ${apiKey.name}`}>
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={() => openDetails(apiKey.id, trigger.current)}>
          <PanelRight aria-hidden />
          View details
        </DropdownMenuItem>
        <DropdownMenuItem
          disabled={!allowed.update}
          onSelect={() => openDialog("edit", apiKey, trigger.current)}
        >
          <Pencil aria-hidden />
          Edit
        </DropdownMenuItem>
        <DropdownMenuItem
          disabled={!allowed.roll}
          onSelect={() => openDialog("roll", apiKey, trigger.current)}
        >
          <RefreshCw aria-hidden />
          Roll
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem
          tone="danger"
          disabled={!allowed.revoke}
          onSelect={() => openDialog("revoke", apiKey, trigger.current)}
        >
          <Ban aria-hidden />
          Revoke
        </DropdownMenuItem>
        <DropdownMenuItem
          tone="danger"
          disabled={!allowed.delete}
          onSelect={() => openDialog("delete", apiKey, trigger.current)}
        >
          <Trash2 aria-hidden />
          Delete
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
