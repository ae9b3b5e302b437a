import type { UsageSeries } from "./usage-series";

const leastChange = 0.25;
const fewestCalls = 50;

/**
 * The event in the period with the largest jump of accepted or refused calls, each on its own scale. Null for a small
 * jump or for few calls. The last period is ignored, since it is not over yet.
 *
 * @param events among equally good ones, the first wins
 */
export function explainingEvent<Event extends { readonly at: Date }>(
  { start, hoursEach, accepted, refused }: UsageSeries,
  events: readonly Event[],
): Event | null {
  const changes = [changesOf(accepted), changesOf(refused)];
  const changeAt = (index: number) => Math.max(...changes.map((change) => change[index] ?? 0));
  let found: { readonly event: Event; readonly change: number } | null = null;
  for (const event of events) {
    const index = Math.floor((event.at.getTime() - start.getTime()) / (hoursEach * 3_600_000));
    // An event shows in its own period or in the next one.
    const change = Math.max(changeAt(index), changeAt(index + 1));
    if (change >= leastChange && change > (found?.change ?? 0)) found = { event, change };
  }
  return found?.event ?? null;
}

/** The change from each period to the next, as a share of the highest count. */
function changesOf(counts: readonly number[]): number[] {
  const most = Math.max(...counts, 0);
  return counts.map((count, index) => {
    const isKnown = index > 0 && index < counts.length - 1 && most >= fewestCalls;
    return isKnown ? Math.abs(count - (counts[index - 1] ?? 0)) / most : 0;
  });
}
