"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, use, useId, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { FormContext } from "@/components/ui/field-context";
import type { KeyAttributes } from "@/lib/services/keys/key-attributes";
import type { KeyLimits } from "@/lib/services/keys/key-limits";

/** Does the key have a value in one of the advanced fields? */
export function hasAdvanced(key: KeyAttributes & KeyLimits): boolean {
  const { subject, metadata, labels, allowedAddresses, rateLimit } = key;
  const has = [subject !== null, metadata !== null, Object.keys(labels).length > 0];
  return has.includes(true) || allowedAddresses.length > 0 || rateLimit !== null;
}

export const advancedFields = ["subject", "metadata", "labels", "allowedAddresses", "rateLimit"] as const;
const watched: readonly string[] = advancedFields;

type AdvancedFieldsProps = {
  /** Whether the section starts open. */
  open: boolean;
  /** Opens the section, because a field inside has an error or a value. */
  attention?: boolean;
  children: ReactNode;
};

/**
 * A collapsed section of the key form with fields that most keys leave empty. It opens by itself when one of them is
 * invalid.
 */
export function AdvancedFields({ open: initiallyOpen, attention = false, children }: AdvancedFieldsProps) {
  const { faults } = use(FormContext);
  const [open, setOpen] = useState(initiallyOpen);
  const isWrong = faults.some(({ field }) => watched.includes(field.split(".")[0] ?? ""));
  const cause = isWrong ? faults : attention;
  // Opens once per refusal, and during the same render, so that the form can focus the invalid field.
  const [seen, setSeen] = useState<typeof cause>(false);
  if (cause !== seen) {
    setSeen(cause);
    if (cause !== false) setOpen(true);
  }
  const id = useId();
  return (
    <div className="border-t pt-3 -mb-1.5">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-describedby={`${id}-inside`}
        onClick={({ currentTarget: head }) => {
          setOpen(!open);
          // Otherwise the fields would open below the edge of the dialog.
          if (!open) requestAnimationFrame(() => head.scrollIntoView({ block: "start" }));
        }}
        className="-mx-2 flex items-center gap-1.5 rounded-md px-1.5 py-1 font-medium text-ink text-sm transition-colors hover:bg-subtle max-sm:min-h-10"
      >
        <ChevronRight
          aria-hidden
          className={classNames("size-4 text-ink-faint transition-transform", open && "rotate-90")}
        />
        Advanced
        <span id={`${id}-inside`} aria-hidden className="font-normal text-ink-faint text-xs">
          Subject, metadata, labels, limits
        </span>
      </button>
      {open && (
        <div id={id} className="grid gap-4 pt-3">
          {children}
        </div>
      )}
    </div>
  );
}
