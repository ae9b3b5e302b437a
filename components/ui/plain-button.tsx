"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { useReason } from "./reason";

export type PlainButtonProps = Omit<ComponentProps<"button">, "disabled" | "aria-disabled"> & {
  /** Shows progress and ignores clicks. The accessible name stays. */
  pending?: boolean;
  /**
   * Why it cannot be pressed now, and who can, as sentences. The button stays focusable, so that everybody can find the
   * reason.
   */
  disabledBecause?: ReactNode;
  /**
   * Disabled without a reason, for cases that explain themselves: the last page, nothing to clear, another request
   * pending.
   */
  resting?: boolean;
};

/** A button without styles. */
export function PlainButton({
  pending = false,
  resting = false,
  disabledBecause,
  children,
  type = "button",
  ...rest
}: PlainButtonProps) {
  const { control, tip } = useReason(disabledBecause, rest["aria-describedby"]);
  return (
    <>
      <button
        type={type}
        disabled={resting || pending}
        aria-busy={pending || undefined}
        {...rest}
        {...control}
      >
        {pending && (
          <span className="absolute inset-0 grid place-items-center">
            <LoaderCircle aria-hidden className="animate-spin" />
          </span>
        )}
        {/* Stays in place while pending, so neither the width nor the accessible name changes. */}
        <span className={pending ? "flex items-center gap-1.5 opacity-0" : "contents"}>{children}</span>
      </button>
      {tip}
    </>
  );
}
