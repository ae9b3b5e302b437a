import { lastCreatedOfEnded } from "@/lib/core/keys/effective-end";
import type { KeyListStatus } from "@/lib/core/keys/key-list-settings";
import { Prisma } from "@/lib/db/generated/client";
import type { StatusAt } from "./status-where";
import { statusSql } from "./status-where";

/** A part of the keys with a status; `k` is the key. */
export type StatusPart = {
  readonly which: Prisma.Sql;
  /** How effective ends are ordered: by the keys' own expiries, or for some keys by creation instead. */
  readonly endsBy: "expiry" | "either";
};

/**
 * The keys with a status in disjoint parts. Together they select the same as `statusSql`, but each is a range of an
 * index: PostgreSQL finds no range in a condition such as "created later, or the one exempt key".
 */
export function statusParts(status: KeyListStatus, at: StatusAt): StatusPart[] {
  const lastCreated = lastCreatedOfEnded(at.maximumLifetimeDays, at.now);
  const own = statusSql(status, { ...at, maximumLifetimeDays: null });
  if (lastCreated === null) return [{ which: own, endsBy: "expiry" }];
  const other = at.defaultKeyId === null ? Prisma.sql`TRUE` : Prisma.sql`k.id <> ${at.defaultKeyId}`;
  const exempt: StatusPart[] =
    at.defaultKeyId === null
      ? []
      : [{ which: Prisma.sql`k.id = ${at.defaultKeyId} AND ${own}`, endsBy: "expiry" }];
  const [old, young] = [
    Prisma.sql`k.created_at <= ${lastCreated}::timestamptz`,
    Prisma.sql`k.created_at > ${lastCreated}::timestamptz`,
  ];
  switch (status) {
    case "active":
    case "paused":
    case "rolling":
      return [{ which: Prisma.sql`${own} AND ${young} AND ${other}`, endsBy: "either" }, ...exempt];
    case "expired":
      return [
        // A younger key can only have expired through its own expiry.
        { which: Prisma.sql`${own} AND ${young} AND ${other}`, endsBy: "expiry" },
        { which: Prisma.sql`k.revoked_at IS NULL AND ${old} AND ${other}`, endsBy: "either" },
        ...exempt,
      ];
    default:
      return [{ which: Prisma.sql`${own} AND ${other}`, endsBy: "either" }, ...exempt];
  }
}
