"use client";

import { useEffect, useEffectEvent } from "react";

/**
 * Tells of what somebody typed or chose before the page's script ran: React leaves it there and says nothing.
 *
 * @param read what is there now, or undefined if nothing is
 * @param value what the page's state says; undefined where the field keeps its own
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
