"use client";

import { type ReactNode, useId, useMemo } from "react";
import { classNames } from "./class-names";
import { FieldContext } from "./field-context";
import { Label } from "./label";

type FieldProps = {
  /** Becomes the control's accessible name, so it holds nothing but the name. */
  label: string;
  /** Shown beside the label but not part of the name, such as "Optional". */
  aside?: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  className?: string;
  /** One Input, Textarea or Select, which takes its ids from this Field. */
  children: ReactNode;
};

export function Field({ label, aside, hint, error, required = false, className, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [hint ? hintId : null, error ? errorId : null].filter(Boolean).join(" ") || undefined;
  const invalid = error !== undefined;
  const value = useMemo(() => ({ id, describedBy, invalid, required }), [id, describedBy, invalid, required]);
  return (
    <div className={classNames("grid min-w-0 gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <Label htmlFor={id}>{label}</Label>
        {aside && <span className="text-ink-faint text-xs">{aside}</span>}
      </div>
      <FieldContext.Provider value={value}>{children}</FieldContext.Provider>
      {hint && (
        <p id={hintId} className="text-ink-muted text-xs">
          {hint}
        </p>
      )}
      <FieldError id={errorId} message={error} />
    </div>
  );
}

/** Always rendered, so that screen readers announce the message when it appears. */
export function FieldError({ id, message }: { id: string; message: string | undefined }) {
  return (
    <p id={id} aria-live="polite" className="text-danger-ink text-xs empty:hidden">
      {message}
    </p>
  );
}
