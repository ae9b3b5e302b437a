import type { CallOutcome } from "@/lib/core/keys/usage-outcome";
import type { UsagePeriodLength } from "@/lib/core/keys/usage-period";
import { periodStart, periodStarts } from "@/lib/core/keys/usage-period";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** An organization's calls in one hour or day (UTC) by outcome; outcomes without calls are left out. */
export type CallPeriod = {
  readonly start: Date;
  readonly calls: Readonly<Partial<Record<CallOutcome, number>>>;
};

/**
 * Reads an organization's calls per hour or day, for every period that overlaps `from` (inclusive) to `to` (exclusive).
 * Days combine hours that are still stored as such and hours already merged into days.
 */
export async function readCallsByOutcome(
  organizationId: string,
  { from, to, per }: { readonly from: Date; readonly to: Date; readonly per: UsagePeriodLength },
): Promise<readonly CallPeriod[]> {
  const first = periodStart(from, per);
  const days = Prisma.sql`
    UNION ALL SELECT day::timestamp, outcome, calls FROM organization_usage_days
    WHERE organization_id = ${organizationId}::uuid AND day >= (${first}::timestamptz AT TIME ZONE 'UTC')
      AND day < (${to}::timestamptz AT TIME ZONE 'UTC')`;
  const rows = await database().$queryRaw<{ start: number; outcome: CallOutcome; calls: number }[]>`
    SELECT extract(epoch FROM date_trunc(${per}, start))::float8 * 1000 AS start, outcome::text AS outcome,
      sum(calls)::float8 AS calls
    FROM (
      SELECT hour AT TIME ZONE 'UTC' AS start, outcome, calls FROM organization_usage_hours
      WHERE organization_id = ${organizationId}::uuid AND hour >= ${first}::timestamptz AND hour < ${to}::timestamptz
      ${per === "day" ? days : Prisma.empty}
    ) counts
    GROUP BY 1, 2`;
  const known = new Map<number, Partial<Record<CallOutcome, number>>>();
  for (const { start, outcome, calls } of rows) {
    known.set(start, { ...known.get(start), [outcome]: calls });
  }
  return periodStarts(first, to, per).map((start) => ({ start, calls: known.get(start.getTime()) ?? {} }));
}
