"use client";

import { type ComponentProps, useId, useRef } from "react";
import { useEarlyInput } from "./use-early-input";

export type RadiosProps<Value extends string, Option> = Omit<ComponentProps<"div">, "defaultValue"> & {
  options: readonly (Option & { readonly value: Value; readonly label: string })[];
  /** Null while nothing is chosen; undefined with `name` and `defaultValue`, for a form. */
  value?: Value | null;
  onValueChange?: (value: Value) => void;
  name?: string;
  defaultValue?: Value;
};

/** The behaviour that all radio groups share: the props of the group and of each input. */
export function useRadios<Value extends string, Option>(props: RadiosProps<Value, Option>) {
  const id = useId();
  const { options, value, onValueChange, name = id, defaultValue, ...rest } = props;
  const ref = useRef<HTMLDivElement>(null);
  const chosen = () => ref.current?.querySelector<HTMLInputElement>(":checked")?.value;
  useEarlyInput(chosen, value, onValueChange);
  return {
    group: { ref, role: "radiogroup", ...rest } as const,
    options: options.map((option) => ({
      type: "radio" as const,
      name,
      onChange: () => onValueChange?.(option.value),
      ...(value === undefined
        ? { defaultChecked: option.value === defaultValue }
        : { checked: option.value === value }),
      ...option,
    })),
  };
}
