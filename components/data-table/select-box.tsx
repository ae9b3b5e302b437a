"use client";

import type { MouseEvent } from "react";
import { classNames } from "@/components/ui/class-names";

type SelectBoxProps = {
  /** Null if some but not all are selected. */
  checked: boolean | null;
  label: string;
  onToggle: (isRange: boolean) => void;
};

/** A checkbox made of a single element. Shift is reported for clicks and for the space bar. */
export function SelectBox({ checked, label, onToggle }: SelectBoxProps) {
  return (
    <input
      ref={(box) => {
        if (box === null) return;
        box.indeterminate = checked === null;
        // A box ticked before hydration would look selected although its row is not.
        box.checked = checked === true;
      }}
      type="checkbox"
      data-select=""
      aria-label={label}
      // A browser would restore an earlier visit's choice.
      autoComplete="off"
      checked={checked === true}
      onChange={({ nativeEvent }) => onToggle((nativeEvent as unknown as MouseEvent).shiftKey === true)}
      className={classNames(
        "select-box relative block size-4 appearance-none rounded border border-line-strong bg-surface before:absolute before:-inset-3.5",
        "checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent",
        "forced-colors:appearance-auto",
      )}
    />
  );
}
