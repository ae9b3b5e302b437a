"use client";

import { useNow } from "@/components/ui/time/now-provider";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
import { hasEnded } from "@/lib/core/keys/key-status";
import type { KeyRow } from "@/lib/services/keys/read/key-view";

const dayMs = 24 * 60 * 60 * 1000;

/** Does the key, if it has not ended, end within this many days? The default is that of "Expiring soon". */
export function useEndsSoon(apiKey: KeyRow, days = 14): boolean {
  const now = useNow();
  const end = effectiveEnd(apiKey);
  return !hasEnded(apiKey.status) && end !== null && end.getTime() - now.getTime() <= days * dayMs;
}
