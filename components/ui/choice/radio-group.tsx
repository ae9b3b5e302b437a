"use client";

import { type ComponentProps, useEffect, useEffectEvent, useId, useRef } from "react";
import { classNames } from "../class-names";
import { grouped } from "../grouped";
import { useReason } from "../reason";
import { ChoiceOption, optionInput } from "./choice-option";

type RadioGroupProps<Value extends string> = Omit<ComponentProps<"div">, "defaultValue"> & {
  options: readonly {
    readonly value: Value;
    readonly label: string;
    readonly description?: string | undefined;
    /** Shown beside the label of a segment but not part of the name. */
    readonly count?: number | string | undefined;
    /** Why it cannot be chosen, as a sentence. Replaces the description, or stands beside a segment. */
    readonly disabledBecause?: string | undefined;
  }[];
  /** Null while nothing is chosen; undefined with `name` and `defaultValue`, for a form. */
  value?: Value | null;
  onValueChange?: (value: Value) => void;
  name?: string;
  defaultValue?: Value;
  /** Side by side, for a few views. */
  segmented?: boolean;
};

export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const id = useId();
  const { options, value, onValueChange, name = id, defaultValue, segmented, className, ...rest } = props;
  const group = useRef<HTMLDivElement>(null);
  const takeEarlyChoice = useEffectEvent(() => {
    const early = group.current?.querySelector<HTMLInputElement>(":checked")?.value;
    if (value !== undefined && early !== undefined && early !== value) onValueChange?.(early as Value);
  });
  // React does not report a choice made before it hydrated the page.
  useEffect(() => takeEarlyChoice(), []);
  const style = segmented ? "flex gap-0.5 rounded-md bg-subtle-strong p-0.5" : "grid gap-2";
  const Choice = segmented ? Segment : ChoiceOption;
  return (
    <div ref={group} role="radiogroup" className={classNames(style, className)} {...rest}>
      {options.map((option) => (
        <Choice
          key={option.value}
          type="radio"
          name={name}
          onChange={() => onValueChange?.(option.value)}
          {...(value === undefined
            ? { defaultChecked: option.value === defaultValue }
            : { checked: option.value === value })}
          {...option}
        />
      ))}
    </div>
  );
}

type SegmentProps = ComponentProps<"input"> & {
  label: string;
  count?: string | number;
  disabledBecause?: string | undefined;
};

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
