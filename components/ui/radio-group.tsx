"use client";

import { RadioGroup as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";

export const RadioGroup = Radix.Root;

type RadioOptionProps = Omit<ComponentProps<typeof Radix.Item>, "children"> & {
  /** The accessible name, and nothing else is. */
  label: string;
  description?: ReactNode;
};

/** A bordered option with a line about it; the whole of it can be clicked. */
export function RadioOption({ label, description, className, ...rest }: RadioOptionProps) {
  const id = useId();
  const describedBy = description ? `${id}-description` : undefined;
  return (
    <label
      htmlFor={id}
      className={classNames(
        "flex gap-2.5 rounded-md border border-line-input bg-surface px-3 py-2 transition-colors hover:border-line-strong has-[[data-state=checked]]:border-accent has-[[data-state=checked]]:bg-accent-soft",
        className,
      )}
    >
      <Radix.Item
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-surface data-[state=checked]:border-accent"
        {...rest}
      >
        <Radix.Indicator className="size-2 rounded-full bg-accent" />
      </Radix.Item>
      <span className="grid gap-0.5">
        <span className="font-medium text-ink text-sm">{label}</span>
        {description && (
          <span id={describedBy} className="text-ink-muted text-xs">
            {description}
          </span>
        )}
      </span>
    </label>
  );
}

type SegmentProps = Omit<ComponentProps<typeof Radix.Item>, "children"> & {
  label: string;
  /** Shown beside the label; no part of the name. */
  count?: number;
};

/** One of a few views, side by side in a strip. */
export function Segment({ label, count, className, ...rest }: SegmentProps) {
  return (
    <Radix.Item
      aria-label={label}
      className={classNames(
        "flex h-7 items-center justify-center gap-1.5 whitespace-nowrap rounded px-2.5 text-ink-muted text-sm transition-colors hover:text-ink data-[state=checked]:bg-surface data-[state=checked]:font-medium data-[state=checked]:text-ink data-[state=checked]:shadow-control max-sm:h-9 max-sm:flex-1",
        className,
      )}
      {...rest}
    >
      {label}
      {count !== undefined && (
        <span className="font-normal text-ink-faint text-xs tabular-nums">{count}</span>
      )}
    </Radix.Item>
  );
}
