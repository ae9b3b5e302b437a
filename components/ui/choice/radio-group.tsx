"use client";

import { classNames } from "../class-names";
import { ChoiceOption } from "./choice-option";
import { type RadiosProps, useRadios } from "./use-radios";

type Option = {
  readonly description?: string | undefined;
  /** Why it cannot be chosen, as a sentence. Replaces the description. */
  readonly disabledBecause?: string | undefined;
};

/** A list of radio buttons, each with a description. */
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
