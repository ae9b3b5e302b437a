"use client";

import { RadioGroup as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "../class-names";

export const RadioGroup = Radix.Root;

type RadioOptionProps = Omit<ComponentProps<typeof Radix.Item>, "children"> & {
  label: string;
  description?: ReactNode;
};

/** A bordered option with a description; the whole box is the radio button. */
export function RadioOption({ label, description, className, ...rest }: RadioOptionProps) {
  const id = useId();
  return (
    <Radix.Item
      aria-describedby={description ? id : undefined}
      className={classNames(
        "group/option flex gap-2.5 rounded-md border border-line-input bg-surface px-3 py-2 text-left transition-colors enabled:hover:border-line-strong disabled:cursor-not-allowed disabled:bg-subtle data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft",
        className,
      )}
      {...rest}
    >
      <span
        aria-hidden
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-surface group-disabled/option:border-line group-disabled/option:bg-subtle group-data-[state=checked]/option:border-accent"
      >
        <Radix.Indicator className="size-2 rounded-full bg-accent" />
      </span>
      <span className="grid gap-0.5">
        <span className="font-medium text-ink text-sm group-disabled/option:text-ink-muted">{label}</span>
        {/* Hidden so that it stays out of the name; aria-describedby still reads it. */}
        {description && (
          <span id={id} aria-hidden className="text-ink-muted text-xs">
            {description}
          </span>
        )}
      </span>
    </Radix.Item>
  );
}

type SegmentProps = Omit<ComponentProps<typeof Radix.Item>, "children"> & {
  label: string;
  /** Shown beside the label but not part of the name. */
  count?: number | string | undefined;
};

/** One of a few views, in a segmented control. */
export function Segment({ label, count, className, ...rest }: SegmentProps) {
  return (
    <Radix.Item
      className={classNames(
        "flex h-7 items-center justify-center gap-1.5 whitespace-nowrap rounded px-2.5 text-ink-muted text-sm transition-colors hover:text-ink data-[state=checked]:bg-surface data-[state=checked]:font-medium data-[state=checked]:text-ink data-[state=checked]:shadow-control max-sm:h-9 max-sm:flex-1 max-sm:gap-1 max-sm:px-1.5",
        className,
      )}
      {...rest}
    >
      {label}
      {count !== undefined && (
        <span aria-hidden className="font-normal text-ink-faint text-xs tabular-nums">
          {count}
        </span>
      )}
    </Radix.Item>
  );
}
