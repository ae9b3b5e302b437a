import type { UsageSeries } from "./usage-series";

const leastChange = 0.25;
const fewestCalls = 50;

/**
 * The event in whose period a curve jumped most: the accepted calls, or the refused ones, each on its own scale. A small
 * jump is not worth an explanation, nor are a few calls. The last period is not over, so its calls say nothing yet.
 *
 * @param events of equal ones the first is taken
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
    // What happened within a period shows in it or in the next one.
    const change = Math.max(changeAt(index), changeAt(index + 1));
    if (change >= leastChange && change > (found?.change ?? 0)) found = { event, change };
  }
  return found?.event ?? null;
}

/** How much each period differs from the one before, as a share of the highest. */
function changesOf(counts: readonly number[]): number[] {
  const most = Math.max(...counts, 0);
  return counts.map((count, index) => {
    const isKnown = index > 0 && index < counts.length - 1 && most >= fewestCalls;
    return isKnown ? Math.abs(count - (counts[index - 1] ?? 0)) / most : 0;
  });
}
