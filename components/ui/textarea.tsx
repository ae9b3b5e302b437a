"use client";

import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { useFieldControl } from "./field-context";
import { controlStyle } from "./input";

export function Textarea({ className, rows = 2, ...rest }: ComponentProps<"textarea">) {
  const field = useFieldControl();
  return (
    <textarea
      rows={rows}
      className={classNames(controlStyle, "block min-h-8 resize-y px-3 py-2 sm:px-2.5 sm:py-1.5", className)}
      {...field}
      {...rest}
    />
  );
}
