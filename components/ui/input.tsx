"use client";

import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { useFieldControl, useSubmittedControl } from "./field-context";

/** Shared by all text boxes. 16 px on phones, since iOS zooms into focused fields with smaller text. */
export const controlStyle =
  "w-full rounded-md border border-line-input bg-surface text-ink shadow-control transition-colors " +
  "text-base sm:text-sm hover:border-line-strong focus-visible:border-focus focus-visible:outline-offset-0 " +
  "disabled:cursor-not-allowed disabled:bg-subtle disabled:text-ink-muted disabled:hover:border-line-input " +
  "aria-disabled:cursor-not-allowed aria-disabled:bg-subtle aria-disabled:text-ink-muted aria-disabled:hover:border-line-input " +
  "aria-invalid:border-danger";

export function Input({ className, type = "text", defaultValue, ...rest }: ComponentProps<"input">) {
  const field = useFieldControl();
  const submitted = useSubmittedControl(defaultValue);
  return (
    <input
      type={type}
      dir="auto"
      className={classNames(
        controlStyle,
        "h-10 min-w-0 px-3 read-only:bg-subtle sm:h-8 sm:px-2.5",
        className,
      )}
      {...field}
      {...submitted}
      {...rest}
    />
  );
}

export function Textarea({ className, rows = 2, ...rest }: ComponentProps<"textarea">) {
  const field = useFieldControl();
  return (
    <textarea
      rows={rows}
      dir="auto"
      className={classNames(controlStyle, "block min-h-8 resize-y px-3 py-2 sm:px-2.5 sm:py-1.5", className)}
      {...field}
      {...rest}
    />
  );
}
