"use client";

import type { LucideIcon } from "lucide-react";
import { Fragment, type ReactNode, useId } from "react";
import { MenuContent, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/overlay/menu";
import { type RenderDialog, useDialogHost } from "./dialog-host";
import type { MenuTrigger } from "./row-menu";

export type RowAction = {
  readonly name: string;
  readonly icon: LucideIcon;
  readonly dialog?: RenderDialog;
  /** For an action without a dialog. The opener gets the focus back. */
  readonly onSelect?: (opener: HTMLElement | null) => void;
  /**
   * Why the person may not, without a full stop. It disables the action, which stays focusable so that the reason can
   * be read.
   */
  readonly disabledBecause?: string | undefined;
  readonly tone?: "danger";
  /** Draws a separator above the action. */
  readonly separated?: boolean;
};

type ActionItemsProps = {
  trigger: MenuTrigger;
  actions: readonly RowAction[];
  /** Rendered after the reasons, such as whom to ask. */
  whoMay?: ReactNode;
};

/** The items of a menu that `rowMenu` made. */
export function ActionItems({ trigger, actions, whoMay }: ActionItemsProps) {
  const { openDialog } = useDialogHost();
  const reasonId = useId();
  const reasons = [...new Set(actions.map((each) => each.disabledBecause))].filter(
    (each) => each !== undefined,
  );
  const describedBy = (why: string | undefined) =>
    why === undefined ? undefined : `${reasonId}${reasons.indexOf(why)}${whoMay ? ` ${reasonId}who` : ""}`;
  return (
    <MenuContent>
      {actions.map(({ name, icon: Icon, dialog, onSelect, disabledBecause, tone, separated }) => (
        <Fragment key={name}>
          {separated && <MenuSeparator />}
          <MenuItem
            {...(tone && { tone })}
            aria-disabled={disabledBecause !== undefined || undefined}
            aria-describedby={describedBy(disabledBecause)}
            className={disabledBecause === undefined ? undefined : "text-ink-faint! [&>svg]:text-ink-faint!"}
            onSelect={(event) => {
              // The menu stays open, so that the reason can be read.
              if (disabledBecause !== undefined) event.preventDefault();
              else if (dialog === undefined) onSelect?.(trigger.current);
              else openDialog(dialog, trigger.current);
            }}
          >
            <Icon aria-hidden />
            {name}
          </MenuItem>
        </Fragment>
      ))}
      {reasons.length > 0 && (
        <>
          <MenuSeparator />
          <MenuLabel className="grid max-w-64 gap-1 py-1.5! font-normal! text-ink-muted!">
            {reasons.map((each, index) => (
              <span key={each} id={`${reasonId}${index}`}>
                {each}.
              </span>
            ))}
            {whoMay && <span id={`${reasonId}who`}>{whoMay}</span>}
          </MenuLabel>
        </>
      )}
    </MenuContent>
  );
}
