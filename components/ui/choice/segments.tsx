"use client";

import type { ComponentProps } from "react";
import { classNames } from "../class-names";
import { grouped } from "../grouped";
import { useReason } from "../reason";
import { optionInput } from "./option-input";
import { type RadiosProps, useRadios } from "./use-radios";

type Option = {
  /** Shown beside the label but not part of the name. */
  readonly count?: number | string | undefined;
  /** Why it cannot be chosen, as a sentence. Shown beside the segment. */
  readonly disabledBecause?: string | undefined;
};

/**
 * A few radio buttons side by side. Separate from `RadioGroup`, because many pages need only this in their first load.
 */
export function Segments<Value extends string>({ className, ...props }: RadiosProps<Value, Option>) {
  const { group, options } = useRadios(props);
  return (
    <div {...group} className={classNames("flex gap-0.5 rounded-md bg-subtle-strong p-0.5", className)}>
      {options.map((option) => (
        <Segment key={option.value} {...option} />
      ))}
    </div>
  );
}

type SegmentProps = ComponentProps<"input"> & Option & { label: string };

function Segment({ label, count, disabledBecause, onChange, ...rest }: SegmentProps) {
  const { control, tip } = useReason(disabledBecause);
  return (
    <>
      <label className="has-aria-disabled:cursor-not-allowed has-aria-disabled:text-ink-faint has-aria-disabled:opacity-60 relative flex h-7 items-center justify-center gap-1.5 whitespace-nowrap rounded px-2.5 text-ink-muted text-sm transition-colors hover:text-ink has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-control forced-colors:has-checked:bg-[Highlight] forced-colors:has-checked:text-[HighlightText] forced-colors:has-checked:[forced-color-adjust:none] max-sm:h-9 max-sm:flex-1 max-sm:gap-1 max-sm:px-1.5">
        <input
          {...optionInput}
          {...rest}
          {...control}
          onChange={disabledBecause === undefined ? onChange : undefined}
          readOnly={disabledBecause !== undefined}
        />
        {label}
        {count !== undefined && (
          <span
            aria-hidden
            className="font-normal text-ink-faint text-xs tabular-nums forced-colors:[color:inherit]"
          >
            {typeof count === "number" ? grouped(count) : count}
          </span>
        )}
      </label>
      {tip}
    </>
  );
}
