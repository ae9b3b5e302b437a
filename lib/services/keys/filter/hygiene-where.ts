import type { HygieneKind } from "@/lib/core/keys/filter/hygiene";
import { hygieneTimes } from "@/lib/core/keys/filter/hygiene";
import type { TimeRange } from "@/lib/core/keys/filter/time-filter";
import { unknownState } from "@/lib/core/unknown-state";
import { Prisma } from "@/lib/db/generated/client";
import { keysByUse } from "../read/key-order";
import type { KeyCount } from "../read/key-view";
import type { StatusAt } from "../read/status-where";
import { statusSql } from "../read/status-where";
import { endsBeforeSql, neverEndsSql } from "./end-where";

/** Selects the keys `k` with this finding, consistent with `keyFindings`. The caller excludes deleted keys. */
export function hygieneSql(finding: HygieneKind, at: StatusAt): Prisma.Sql {
  return Prisma.sql`(${statusSql("active", at)} AND ${findingSql(finding, at)})`;
}

/**
 * Selects keys with any of several findings. Where all of them take a key that is older than a few days, so does this: a
 * walk from the newest key begins there, and does not look at a week of keys that cannot be meant.
 */
export function anyHygieneSql(findings: readonly HygieneKind[], at: StatusAt): Prisma.Sql {
  const any = Prisma.sql`(${Prisma.join(
    findings.map((finding) => hygieneSql(finding, at)),
    " OR ",
  )})`;
  const takeAge = findings.every((finding) => finding === "idle" || finding === "never-used");
  if (!takeAge) return any;
  return Prisma.sql`(k.created_at < ${hygieneTimes(at.now).neverUsed}::timestamptz AND ${any})`;
}

export type HygieneCounts = Readonly<Record<HygieneKind, KeyCount>>;

export function hygieneOf(countOf: (kind: HygieneKind) => KeyCount): HygieneCounts {
  return {
    "never-used": countOf("never-used"),
    idle: countOf("idle"),
    "never-expires": countOf("never-expires"),
    "expiring-soon": countOf("expiring-soon"),
    "over-privileged": countOf("over-privileged"),
  };
}

/**
 * A part of the keys with a finding: its source, its condition, and the order of the index that contains just these
 * keys.
 */
type HygienePart = { readonly from: Prisma.Sql; readonly which: Prisma.Sql; readonly order: Prisma.Sql };

/**
 * The keys that `hygieneSql` selects, in disjoint parts that are each a range of an index.
 *
 * @param timesOnly as in `keysByUse`
 */
export function hygieneParts(finding: HygieneKind, at: StatusAt, timesOnly: boolean): HygienePart[] {
  const active = statusSql("active", at);
  const from = Prisma.sql`api_keys k`;
  switch (finding) {
    case "never-used":
    case "idle": {
      const { idle, neverUsed } = hygieneTimes(at.now);
      const range =
        finding === "idle"
          ? Prisma.sql`k.used > '-infinity' AND k.used < ${idle}::timestamptz`
          : Prisma.sql`k.used = '-infinity' AND k.created_at < ${neverUsed}::timestamptz`;
      const which = Prisma.sql`${range} AND ${active}`;
      return [{ from: keysByUse(timesOnly), which, order: Prisma.sql`k.used, k.id` }];
    }
    case "over-privileged":
      return [{ from, which: hygieneSql(finding, at), order: Prisma.sql`k.created_at, k.id` }];
    case "never-expires":
      return [{ from, which: hygieneSql(finding, at), order: Prisma.sql`k.expires_at, k.id` }];
    case "expiring-soon": {
      const soon = hygieneTimes(at.now).expiringSoon;
      // "active" implies the first part, but PostgreSQL cannot use it as the start of a range.
      const bySelf = Prisma.sql`k.expires_at > ${at.now}::timestamptz AND k.expires_at < ${soon}::timestamptz`;
      const parts = [
        { from, which: Prisma.sql`${active} AND ${bySelf}`, order: Prisma.sql`k.expires_at, k.id` },
      ];
      if (at.maximumLifetimeDays === null) return parts;
      const byPolicy = Prisma.sql`${hygieneSql(finding, at)} AND (k.expires_at IS NULL OR NOT (${bySelf}))`;
      return [...parts, { from, which: byPolicy, order: Prisma.sql`k.created_at, k.id` }];
    }
    default:
      return unknownState(finding);
  }
}

/** The range of last uses that makes a key idle. */
export function idleSince(now: Date): TimeRange {
  return { never: false, from: null, to: hygieneTimes(now).idle };
}

function findingSql(finding: HygieneKind, at: StatusAt): Prisma.Sql {
  const times = hygieneTimes(at.now);
  switch (finding) {
    case "never-used":
      return Prisma.sql`(k.last_used_at IS NULL AND k.created_at < ${times.neverUsed}::timestamptz)`;
    case "idle":
      return Prisma.sql`k.last_used_at < ${times.idle}::timestamptz`;
    case "never-expires":
      return neverEndsSql(at);
    case "over-privileged":
      return Prisma.sql`k.over_privileged`;
    case "expiring-soon": {
      const ends = endsBeforeSql(at, times.expiringSoon);
      if (at.maximumLifetimeDays !== null) return ends;
      // "active" implies the first part, but PostgreSQL cannot use it as the start of a range.
      return Prisma.sql`(k.expires_at > ${at.now}::timestamptz AND ${ends})`;
    }
    default:
      return unknownState(finding);
  }
}
