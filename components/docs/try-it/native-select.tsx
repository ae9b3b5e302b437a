"use client";

import type { ComponentProps } from "react";
import { classNames } from "@/components/ui/class-names";
import { useFieldControl } from "@/components/ui/field-context";
import { controlStyle } from "@/components/ui/input";

type NativeSelectProps = ComponentProps<"select"> & { choices: readonly string[]; none: string | null };

/**
 * The browser's own select. It works without a script, and phones show their native list.
 *
 * @param none the text of the empty option; null if a value is required
 */
export function NativeSelect({ choices, none, className, ...rest }: NativeSelectProps) {
  const field = useFieldControl();
  return (
    <select
      className={classNames(controlStyle, "h-10 min-w-0 px-3 font-mono sm:h-8 sm:px-2", className)}
      {...field}
      {...rest}
    >
      {none !== null && <option value="">{none}</option>}
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
    </select>
  );
}
