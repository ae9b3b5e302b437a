"use client";

import { useEffect, useEffectEvent } from "react";

/**
 * Reports what was typed or chosen before hydration. React keeps such a value in the field without an event.
 *
 * @param read reads the field's value; undefined if there is no field
 * @param value the value in the page's state; undefined if the field is uncontrolled
 */
export function useEarlyInput<Value extends string>(
  read: () => string | undefined,
  value: Value | null | undefined,
  onChange: ((value: Value) => void) | undefined,
): void {
  const tell = useEffectEvent(() => {
    const early = read();
    if (value !== undefined && early !== undefined && early !== value) onChange?.(early as Value);
  });
  useEffect(() => tell(), []);
}
