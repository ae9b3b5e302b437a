import type { StatusFilter } from "@/lib/core/keys/key-status";
import { unknownState } from "@/lib/core/unknown-state";
import { Prisma } from "@/lib/db/generated/client";

/** Selects the keys under this filter at `now`, consistent with `keyStanding`. The caller excludes deleted keys. */
export function statusWhere(filter: StatusFilter, now: Date) {
  switch (filter) {
    case "active":
      return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
    case "revoked":
      return { revokedAt: { not: null } };
    case "expired":
      return { revokedAt: null, expiresAt: { lte: now } };
    case "all":
      return {};
    default:
      return unknownState(filter);
  }
}

/** The same as SQL; `k` is the key. */
export function statusSql(filter: StatusFilter, now: Date): Prisma.Sql {
  switch (filter) {
    case "active":
      return Prisma.sql`(k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ${now}::timestamptz))`;
    case "revoked":
      return Prisma.sql`k.revoked_at IS NOT NULL`;
    case "expired":
      return Prisma.sql`(k.revoked_at IS NULL AND k.expires_at <= ${now}::timestamptz)`;
    case "all":
      return Prisma.sql`TRUE`;
    default:
      return unknownState(filter);
  }
}
