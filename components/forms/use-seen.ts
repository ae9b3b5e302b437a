"use client";

import { useState } from "react";
import type { Failure } from "@/lib/core/result";

/**
 * Tracks the version that the person is editing. If somebody else saved first, the refusal's current version becomes
 * the version seen, so that saving again overwrites it deliberately.
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
