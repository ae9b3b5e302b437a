import { hygieneTimes } from "../filter/hygiene";

/** When a key was last used: in the last 24 hours, earlier within 90 days, or longer ago or never. */
export type KeyUse = "today" | "earlier" | "idle";

const dayMs = 86_400_000;

/** After which moment the last use of a key in use lies. */
export function keyUseStarts(now: Date): { readonly today: Date; readonly earlier: Date } {
  return { today: new Date(now.getTime() - dayMs), earlier: hygieneTimes(now).idle };
}

export function keyUse(lastUsedAt: Date | null, now: Date): KeyUse {
  const starts = keyUseStarts(now);
  if (lastUsedAt !== null && lastUsedAt > starts.today) return "today";
  return lastUsedAt !== null && lastUsedAt > starts.earlier ? "earlier" : "idle";
}
