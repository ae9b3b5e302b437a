import type { UnusualRate } from "@/lib/core/keys/usage/unusual-rate";
import { unusualRate } from "@/lib/core/keys/usage/unusual-rate";
import type { UsageSpans } from "@/lib/core/keys/usage/usage-series";
import { usageSeries } from "@/lib/core/keys/usage/usage-series";
import type { UsageOutcome } from "@/lib/core/keys/usage-outcome";
import type { UsagePeriod, UsagePeriodLength } from "@/lib/core/keys/usage-period";
import { goodAndRefused, periodStart, periodStarts } from "@/lib/core/keys/usage-period";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { KeyContext } from "@/lib/services/access/key-context";
import { usageHoursDays, usageHoursFrom } from "@/lib/verify/usage/compact-usage";
import { readKeyOfKey } from "./keys-of-key";

type UsageSpan = { readonly from: Date; readonly to: Date; readonly per: UsagePeriodLength };

/**
 * The requested span. `to` defaults to now. `from` defaults to 30 days before that, or to one day if `per` is "hour".
 */
type AskedSpan = {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly per: UsagePeriodLength;
};

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const usualDays = 30;
const usualMs: Record<UsagePeriodLength, number> = { hour: dayMs, day: (usualDays - 1) * dayMs };
const longestMs: Record<UsagePeriodLength, number> = { hour: 31 * dayMs, day: 366 * dayMs };

/** Reads the usage of a key in the calling key's namespace. */
export async function readUsageOfKey(
  context: KeyContext,
  { keyId, ...asked }: AskedSpan & { readonly keyId: string },
): Promise<Result<readonly UsagePeriod[]>> {
  const found = await readKeyOfKey(context, { keyId });
  if (!found.ok) return found;
  const { organization, origin } = context;
  const span = spanOf(asked, origin.at);
  if (!span.ok) return span;
  return success(await readUsage({ id: keyId, organizationId: organization.id }, span.value));
}

function spanOf({ per, ...asked }: AskedSpan, now: Date): Result<UsageSpan> {
  const to = asked.to ?? new Date(now.getTime() + 1);
  const from = asked.from ?? new Date(to.getTime() - usualMs[per]);
  const length = to.getTime() - from.getTime();
  if (length <= 0) return refusedFrom("The end must be after the start");
  if (length > longestMs[per]) {
    return refusedFrom(`Ask for at most ${longestMs[per] / dayMs} days of ${per}s at once`);
  }
  if (per === "hour" && from < usageHoursFrom(now)) {
    return refusedFrom(`Hours are kept for ${usageHoursDays} days. For older usage, ask for days`);
  }
  return success({ from, to, per });
}

function refusedFrom(message: string) {
  return failure("invalid_request", `${message}.`, [{ field: "from", message }]);
}

/**
 * Reads the data of the sheet's charts: 24 hours, 7 days in periods of 6 hours, and 90 days, all up to now; and whether
 * the key is called more often than usual.
 */
export async function readKeyUse(
  key: Pick<ApiKeyModel, "id" | "organizationId">,
  now: Date,
): Promise<{ readonly usage: UsageSpans; readonly unusualRate: UnusualRate | null }> {
  const to = new Date(now.getTime() + 1);
  const quarterMs = 6 * hourMs;
  const from = new Date(now.getTime() - (now.getTime() % quarterMs) - 27 * quarterMs);
  const [hours, days] = await Promise.all([
    readUsage(key, { from, to, per: "hour" }),
    readUsage(key, { from: new Date(now.getTime() - 89 * dayMs), to, per: "day" }),
  ]);
  const calls = hours.map((hour) => {
    const { good, refused } = goodAndRefused(hour);
    return good + refused;
  });
  return {
    usage: {
      "24 h": usageSeries(hours.slice(-24), 1),
      "7 d": usageSeries(hours, 1, 6),
      "90 d": usageSeries(days, 24),
    },
    unusualRate: unusualRate(calls, now),
  };
}

/**
 * Counts a key's calls per hour or day, for every period that overlaps `from` (inclusive) to `to` (exclusive),
 * including periods without calls. A day combines hours that are still stored as such and hours already merged into
 * days.
 */
export async function readUsage(
  { id, organizationId }: Pick<ApiKeyModel, "id" | "organizationId">,
  { from, to, per }: UsageSpan,
): Promise<UsagePeriod[]> {
  const first = periodStart(from, per);
  const ofKey = Prisma.sql`organization_id = ${organizationId}::uuid AND key_id = ${id}`;
  const hours = Prisma.sql`
    SELECT hour AT TIME ZONE 'UTC' AS start, outcome, calls FROM api_key_usage_hours
    WHERE ${ofKey} AND hour >= ${first}::timestamptz AND hour < ${to}::timestamptz`;
  const days = Prisma.sql`
    UNION ALL SELECT day::timestamp, outcome, calls FROM api_key_usage_days
    WHERE ${ofKey} AND day >= (${first}::timestamptz AT TIME ZONE 'UTC')
      AND day < (${to}::timestamptz AT TIME ZONE 'UTC')`;
  const rows = await database().$queryRaw<{ start: number; outcome: UsageOutcome; calls: number }[]>`
    SELECT extract(epoch FROM date_trunc(${per}, start))::float8 * 1000 AS start, outcome::text AS outcome,
      sum(calls)::float8 AS calls
    FROM (${hours} ${per === "day" ? days : Prisma.empty}) counts
    GROUP BY 1, 2`;
  const known = new Map<number, Partial<Record<UsageOutcome, number>>>();
  for (const { start, outcome, calls } of rows) {
    known.set(start, { ...known.get(start), [outcome]: calls });
  }
  return periodStarts(first, to, per).map((start) => ({ start, calls: known.get(start.getTime()) ?? {} }));
}
