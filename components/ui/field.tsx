"use client";

import { Label as RadixLabel } from "radix-ui";
import type { ComponentProps } from "react";
import { type ReactNode, use, useId, useMemo } from "react";
import { classNames } from "./class-names";
import { FieldContext, FormContext, faultOf } from "./field-context";

type FieldProps = {
  /** Becomes the control's accessible name, so it must contain nothing else. */
  label: ReactNode;
  /** Shown beside the label but not part of the name, such as "Optional". */
  aside?: ReactNode;
  hint?: ReactNode;
  /** A description only for screen readers, for what others see elsewhere, such as among the options. */
  about?: string | undefined;
  /** The field's name on the server. The server's message about it is shown here. */
  name?: string;
  /** An error found in the browser; takes precedence over the server's. */
  error?: string | undefined;
  required?: boolean;
  className?: string;
  /** One Input, Textarea or Select. It takes its ids from this Field. */
  children: ReactNode;
};

export function Field({
  label,
  aside,
  hint,
  about,
  name,
  required = false,
  className,
  children,
  ...rest
}: FieldProps) {
  const { faults, forget } = use(FormContext);
  const error = rest.error ?? (name === undefined ? undefined : faultOf(faults, name));
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy =
    [about ? `${id}-about` : null, hint ? hintId : null, error ? errorId : null].filter(Boolean).join(" ") ||
    undefined;
  const invalid = error !== undefined;
  const value = useMemo(
    () => ({ id, name, describedBy, invalid, required }),
    [id, name, describedBy, invalid, required],
  );
  return (
    <div
      className={classNames("grid min-w-0 gap-1.5", className)}
      onInput={name === undefined ? undefined : () => forget?.(name)}
    >
      <div className="flex items-baseline justify-between gap-2">
        <Label htmlFor={id}>{label}</Label>
        {aside && <span className="text-ink-faint text-xs">{aside}</span>}
      </div>
      <FieldContext.Provider value={value}>{children}</FieldContext.Provider>
      {about && (
        <span id={`${id}-about`} hidden>
          {about}
        </span>
      )}
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

export function Label({ className, ...rest }: ComponentProps<typeof RadixLabel.Root>) {
  return <RadixLabel.Root className={classNames("font-medium text-ink text-sm", className)} {...rest} />;
}
