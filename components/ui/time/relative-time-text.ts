const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const yearMs = 365.25 * dayMs;
/** How far the browser's estimate of the server's clock may lag: the time a page takes to arrive. */
const lagMs = 10_000;

/** Each unit applies while there are fewer than this many of it. */
const units = [
  ["minute", minuteMs, 60],
  ["hour", hourMs, 24],
  ["day", dayMs, 60],
  ["month", yearMs / 12, 24],
] as const;

/**
 * A moment relative to another: "just now", "5 minutes ago", "in 3 days". Not Intl, because its wording differs between
 * Node.js and browsers, which React would report as a hydration mismatch.
 */
export function relativeTimeText(moment: Date, now: Date): string {
  const distanceMs = moment.getTime() - now.getTime();
  const size = Math.abs(distanceMs);
  if (size < minuteMs) return distanceMs > lagMs ? "in a moment" : "just now";
  const [count, unit] = inLargestUnit(size);
  const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return distanceMs > 0 ? `in ${words}` : `${words} ago`;
}

/** Rounded the way people say it: 11 hours and 59 minutes is 12 hours; 59 minutes and 40 seconds is an hour. */
function inLargestUnit(ms: number): [count: number, unit: string] {
  for (const [unit, unitMs, fewerThan] of units) {
    const count = Math.round(ms / unitMs);
    if (count < fewerThan) return [count, unit];
  }
  return [Math.round(ms / yearMs), "year"];
}
