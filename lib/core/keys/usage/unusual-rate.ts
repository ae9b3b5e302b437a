/** How a key's current call rate compares to its usual one. */
export type UnusualRate = {
  /** The calls of the last 60 minutes divided by those of the usual hour; at least 2. */
  readonly times: number;
  /** The start of the current run of unusual hours. */
  readonly since: Date;
};

const hourMs = 3_600_000;
/** An hour is compared only with hours before the last 24, so that unusual traffic does not count as usual. */
const recentHours = 24;
/** With fewer hours or calls there is no usual rate. */
const fewestHours = 24;
const fewestCalls = 10;
const unusualTimes = 2;
/**
 * Traffic drops at night and on weekends, so the average is not enough: an hour is unusual only if at most this share
 * of the usual hours has as many calls.
 */
const busiestShare = 0.05;

/**
 * A key's usual hour has the average of its calls, accepted and refused, in the hours of the last 7 days except the last
 * 24, from its first call on. The last 60 minutes are this clock hour's calls and a part of the previous one's.
 *
 * @param calls of each clock hour of the last 7 days, up to the one that contains `now`
 * @returns null if the rate is usual, or if too little is known to say
 */
export function unusualRate(calls: readonly number[], now: Date): UnusualRate | null {
  const last = calls.length - 1;
  const first = calls.findIndex((count) => count > 0);
  const usualHours = calls.slice(first, calls.length - recentHours);
  if (first === -1 || usualHours.length < fewestHours) return null;
  const usual = usualHours.reduce((sum, count) => sum + count, 0) / usualHours.length;
  const elapsed = (now.getTime() % hourMs) / hourMs;
  const lastHour = (calls[last] ?? 0) + (1 - elapsed) * (calls[last - 1] ?? 0);
  const busiest = [...usualHours].sort((a, b) => b - a)[Math.floor(usualHours.length * busiestShare)] ?? 0;
  const isUnusual = (count: number) => count >= unusualTimes * usual && count > busiest;
  if (lastHour < fewestCalls || !isUnusual(lastHour)) return null;
  let hour = last;
  while (hour > 0 && isUnusual(calls[hour - 1] ?? 0)) hour -= 1;
  const thisHour = now.getTime() - (now.getTime() % hourMs);
  return { times: lastHour / usual, since: new Date(thisHour - (last - hour) * hourMs) };
}
