import type { LifetimeBound } from "@/lib/core/keys/effective-end";
import { lastCreatedOfEnded } from "@/lib/core/keys/effective-end";
import type { TimeRange } from "@/lib/core/keys/filter/time-filter";
import { Prisma } from "@/lib/db/generated/client";

/** Selects keys `k` by effective end: their own, or the one that the organization's maximum lifetime sets. */
export function endsWithinSql(bound: LifetimeBound, range: TimeRange): Prisma.Sql {
  if (range.never) return neverEndsSql(bound);
  const { from, to } = range;
  return Prisma.join(
    [
      ...(from === null ? [] : [endsFromSql(bound, from)]),
      ...(to === null ? [] : [endsBeforeSql(bound, to)]),
    ],
    " AND ",
  );
}

export function neverEndsSql({ maximumLifetimeDays, defaultKeyId }: LifetimeBound): Prisma.Sql {
  if (maximumLifetimeDays === null) return Prisma.sql`k.expires_at IS NULL`;
  return Prisma.sql`(k.expires_at IS NULL AND k.id = ${defaultKeyId ?? ""})`;
}

export function endsBeforeSql({ maximumLifetimeDays, defaultKeyId }: LifetimeBound, time: Date): Prisma.Sql {
  const own = Prisma.sql`k.expires_at < ${time}::timestamptz`;
  const lastCreated = lastCreatedOfEnded(maximumLifetimeDays, time);
  if (lastCreated === null) return own;
  return Prisma.sql`(${own} OR (k.created_at < ${lastCreated}::timestamptz AND k.id <> ${defaultKeyId ?? ""}))`;
}

/** Ends at this time or later. */
function endsFromSql({ maximumLifetimeDays, defaultKeyId }: LifetimeBound, time: Date): Prisma.Sql {
  const own = Prisma.sql`k.expires_at >= ${time}::timestamptz`;
  const lastCreated = lastCreatedOfEnded(maximumLifetimeDays, time);
  if (lastCreated === null) return own;
  const isExempt = Prisma.sql`k.id = ${defaultKeyId ?? ""}`;
  return Prisma.sql`((${isExempt} AND ${own}) OR (NOT ${isExempt}
    AND (k.expires_at IS NULL OR ${own}) AND k.created_at >= ${lastCreated}::timestamptz))`;
}
