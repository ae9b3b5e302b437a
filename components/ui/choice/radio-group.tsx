"use client";

import { classNames } from "../class-names";
import { ChoiceOption } from "./choice-option";
import { type RadiosProps, useRadios } from "./use-radios";

type Option = {
  readonly description?: string | undefined;
  /** Why it cannot be chosen, as a sentence. Replaces the description. */
  readonly disabledBecause?: string | undefined;
};

/** One choice of several, below each other, each with a line about it. */
export function RadioGroup<Value extends string>({ className, ...props }: RadiosProps<Value, Option>) {
  const { group, options } = useRadios(props);
  return (
    <div {...group} className={classNames("grid gap-2", className)}>
      {options.map((option) => (
        <ChoiceOption key={option.value} {...option} />
      ))}
    </div>
  );
}
