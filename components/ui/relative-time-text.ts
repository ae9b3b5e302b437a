const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * A moment as seen from another: "just now", "5 minutes ago", "in 3 days". Written out here and not by
 * Intl, whose words differ between Node.js and browsers, which React would take for a mistake.
 */
export function relativeTimeText(moment: Date, now: Date): string {
  const distanceMs = moment.getTime() - now.getTime();
  const size = Math.abs(distanceMs);
  if (size < minuteMs) return distanceMs > 0 ? "in a moment" : "just now";
  const [count, unit] = inLargestUnit(size);
  const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return distanceMs > 0 ? `in ${words}` : `${words} ago`;
}

/** Rounded down, so that "in 3 days" is at least that. */
function inLargestUnit(ms: number): [count: number, unit: string] {
  if (ms < hourMs) return [Math.floor(ms / minuteMs), "minute"];
  if (ms < dayMs) return [Math.floor(ms / hourMs), "hour"];
  if (ms < 60 * dayMs) return [Math.floor(ms / dayMs), "day"];
  if (ms < 730 * dayMs) return [Math.floor(ms / (30.44 * dayMs)), "month"];
  return [Math.floor(ms / (365.25 * dayMs)), "year"];
}
