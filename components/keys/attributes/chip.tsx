"use client";

import { X } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { controlStyle } from "@/components/ui/input";

/** The style of a field with chips and a control to add one. */
export const chipsStyle = classNames(
  controlStyle,
  "flex min-h-10 flex-wrap items-center gap-1 px-1.5 py-1 sm:min-h-8 sm:py-0.75",
);

/** One of a list of values, with a button to remove it. @param kind the kind of value, for the button's name */
export function Chip({ kind, text, onRemove }: { kind: string; text: string; onRemove: () => void }) {
  return (
    <li className="flex max-w-full items-center rounded border bg-subtle pl-1.5 font-mono text-ink text-xs leading-6 sm:leading-5.5">
      <span className="[overflow-wrap:anywhere]">{text}</span>
      <button
        type="button"
        aria-label={`Remove ${kind} ${text}`}
        onClick={onRemove}
        className="grid size-6 shrink-0 place-items-center rounded text-ink-faint hover:text-ink sm:size-5.5"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
}
