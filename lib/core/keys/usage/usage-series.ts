import type { UsagePeriod } from "../usage-period";
import { goodAndRefused } from "../usage-period";

/** Counts of calls in consecutive periods of equal length, for a chart. */
export type UsageSeries = {
  /** The start of the first period. */
  readonly start: Date;
  readonly hoursEach: number;
  readonly accepted: readonly number[];
  readonly refused: readonly number[];
};

export const usageSpanNames = ["24 h", "7 d", "90 d"] as const;
export type UsageSpanName = (typeof usageSpanNames)[number];

/** A key's calls over each time span that people can choose. */
export type UsageSpans = Readonly<Record<UsageSpanName, UsageSeries>>;

const hourMs = 3_600_000;

/**
 * Combines consecutive periods into a series.
 *
 * @param periods at least one
 * @param hoursEach the length of each of `periods`
 * @param together how many periods make one period of the series; the first one of the series may combine fewer
 */
export function usageSeries(
  periods: readonly UsagePeriod[],
  hoursEach: number,
  together: number = 1,
): UsageSeries {
  const [first] = periods;
  if (first === undefined) throw new Error("A series needs at least one period");
  const stepMs = hoursEach * together * hourMs;
  const start = new Date(Math.floor(first.start.getTime() / stepMs) * stepMs);
  const accepted: number[] = [];
  const refused: number[] = [];
  for (const period of periods) {
    const index = Math.floor((period.start.getTime() - start.getTime()) / stepMs);
    const { good, refused: rejected } = goodAndRefused(period);
    accepted[index] = (accepted[index] ?? 0) + good;
    refused[index] = (refused[index] ?? 0) + rejected;
  }
  return { start, hoursEach: hoursEach * together, accepted, refused };
}

/** When a period of a series starts and ends. */
export function periodOf({ start, hoursEach }: Pick<UsageSeries, "start" | "hoursEach">, index: number) {
  const from = start.getTime() + index * hoursEach * hourMs;
  return { from: new Date(from), to: new Date(from + hoursEach * hourMs) };
}

export function totalsOf({ accepted, refused }: Pick<UsageSeries, "accepted" | "refused">) {
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  return { accepted: sum(accepted), refused: sum(refused) };
}
