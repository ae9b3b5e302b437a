"use client";

import { useState } from "react";
import type { Failure } from "@/lib/core/result";

/**
 * Tracks the version a person is editing. When somebody else changes it first, the current version replaces it, so that
 * saving again is a decision and not an accident.
 *
 * @param failed the last refusal, whose `current` holds the current version
 * @returns the version last seen, and the fields somebody else changed
 */
export function useSeen<Seen extends object>(
  initial: Seen,
  failed: Failure | null,
): { readonly seen: Seen; readonly changed: readonly (keyof Seen)[] } {
  const [seen, setSeen] = useState({ now: initial, before: initial });
  const current = failed?.current as Seen | undefined;
  if (current !== undefined && current !== seen.now) setSeen({ now: current, before: seen.now });
  const fields = Object.keys(seen.now) as (keyof Seen)[];
  const changed = fields.filter(
    (field) => JSON.stringify(seen.now[field]) !== JSON.stringify(seen.before[field]),
  );
  return { seen: seen.now, changed };
}
