import { hygieneTimes } from "../filter/hygiene";

/** When a key was last used: within 24 hours, within 90 days, or longer ago or never. */
export type KeyUse = "today" | "earlier" | "idle";

const dayMs = 86_400_000;

/** The earliest last use that counts as "today" and as "earlier". */
export function keyUseStarts(now: Date): { readonly today: Date; readonly earlier: Date } {
  return { today: new Date(now.getTime() - dayMs), earlier: hygieneTimes(now).idle };
}

export function keyUse(lastUsedAt: Date | null, now: Date): KeyUse {
  const starts = keyUseStarts(now);
  if (lastUsedAt !== null && lastUsedAt > starts.today) return "today";
  return lastUsedAt !== null && lastUsedAt > starts.earlier ? "earlier" : "idle";
}
