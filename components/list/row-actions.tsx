"use client";

import { Ellipsis, type LucideIcon } from "lucide-react";
import { Fragment, useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/overlay/dropdown-menu";
import { type RenderDialog, useDialogHost } from "./dialog-host";

export type RowAction = {
  readonly name: string;
  readonly icon: LucideIcon;
  readonly dialog?: RenderDialog;
  /** For an action without a dialog. The opener gets the focus back. */
  readonly onSelect?: (opener: HTMLElement | null) => void;
  /** Actions this person may not take are shown disabled. */
  readonly disabled?: boolean;
  readonly tone?: "danger";
  /** Draws a line above it. */
  readonly separated?: boolean;
};

type RowActionsProps = {
  /** The row's name, part of the button's accessible name. */
  of: string;
  actions: readonly RowAction[];
  /** Why some are disabled. */
  reason?: string | undefined;
};

/** A row's menu. */
export function RowActions({ of, actions, reason }: RowActionsProps) {
  const { openDialog } = useDialogHost();
  const trigger = useRef<HTMLButtonElement>(null);
  const reasonId = useId();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button ref={trigger} variant="ghost" size="icon-small" aria-label={`Actions for ${of}`}>
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {actions.map(({ name, icon: Icon, dialog, onSelect, disabled = false, tone, separated }) => (
          <Fragment key={name}>
            {separated && <DropdownMenuSeparator />}
            <DropdownMenuItem
              {...(tone && { tone })}
              disabled={disabled}
              aria-describedby={disabled && reason !== undefined ? reasonId : undefined}
              onSelect={() =>
                dialog === undefined ? onSelect?.(trigger.current) : openDialog(dialog, trigger.current)
              }
            >
              <Icon aria-hidden />
              {name}
            </DropdownMenuItem>
          </Fragment>
        ))}
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
