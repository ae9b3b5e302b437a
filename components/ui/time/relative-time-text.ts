const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const yearMs = 365.25 * dayMs;
/** How far the browser's estimate of the server's clock may lag: the time a page takes to arrive. */
const lagMs = 10_000;

/** Units with their length, and the count from which the next unit is used. */
const units = [
  ["minute", minuteMs, 60],
  ["hour", hourMs, 24],
  ["day", dayMs, 60],
  ["month", yearMs / 12, 24],
] as const;
/** For narrow columns. Days and years are short as they are. */
const shortUnits: Readonly<Record<string, string>> = { minute: "min", hour: "h", month: "mo" };

/**
 * A moment relative to another: "just now", "5 minutes ago", "in 3 days". Not Intl, because its wording differs between
 * Node.js and browsers, which React would report as a hydration mismatch.
 *
 * @param short "3 min ago" and "12 h ago" instead of the whole words
 */
export function relativeTimeText(moment: Date, now: Date, short = false): string {
  const distanceMs = moment.getTime() - now.getTime();
  const size = Math.abs(distanceMs);
  if (size < minuteMs) return distanceMs > lagMs ? "in a moment" : "just now";
  const words = durationText(size, short);
  return distanceMs > 0 ? `in ${words}` : `${words} ago`;
}

/** A length of time: "9 hours"; short, "9 h". */
export function durationText(ms: number, short = false): string {
  const [count, unit] = inLargestUnit(ms);
  const shorter = short ? shortUnits[unit] : undefined;
  return `${count} ${shorter ?? (count === 1 ? unit : `${unit}s`)}`;
}

/** Rounds as people do: 11 hours and 59 minutes is 12 hours; 59 minutes and 40 seconds is an hour. */
function inLargestUnit(ms: number): [count: number, unit: string] {
  for (const [unit, unitMs, fewerThan] of units) {
    const count = Math.round(ms / unitMs);
    if (count < fewerThan) return [count, unit];
  }
  return [Math.round(ms / yearMs), "year"];
}
