import type { UsageOutcome } from "./usage-outcome";
import { usageOutcomes } from "./usage-outcome";

export const usagePeriodLengths = ["hour", "day"] as const;

export type UsagePeriodLength = (typeof usagePeriodLengths)[number];

/** The calls in one hour or day (UTC) by outcome; outcomes without calls are left out. */
export type UsagePeriod = {
  readonly start: Date;
  readonly calls: Readonly<Partial<Record<UsageOutcome, number>>>;
};

const periodMs: Record<UsagePeriodLength, number> = { hour: 3_600_000, day: 86_400_000 };

/** The start of the hour or day (UTC) that contains a moment. */
export function periodStart(moment: Date, length: UsagePeriodLength): Date {
  return new Date(moment.getTime() - (moment.getTime() % periodMs[length]));
}

/**
 * The starts of all periods that overlap `from` (inclusive) to `to` (exclusive), in order.
 *
 * @returns an empty list unless `to` is after `from`
 */
export function periodStarts(from: Date, to: Date, length: UsagePeriodLength): Date[] {
  const starts: Date[] = [];
  for (let at = periodStart(from, length).getTime(); at < to.getTime(); at += periodMs[length]) {
    starts.push(new Date(at));
  }
  return to > from ? starts : [];
}

/** How many calls in a period succeeded, and how many were refused. */
export function goodAndRefused({ calls }: Pick<UsagePeriod, "calls">): {
  readonly good: number;
  readonly refused: number;
} {
  const all = usageOutcomes.reduce((sum, outcome) => sum + (calls[outcome] ?? 0), 0);
  const good = calls.VALID ?? 0;
  return { good, refused: all - good };
}
