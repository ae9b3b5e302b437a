import type { StatusFilter } from "@/lib/core/key-status";
import { unknownState } from "@/lib/core/unknown-state";
import { Prisma } from "@/lib/db/generated/client";

/** The keys under this filter at `now`, as `keyStanding` decides. The caller leaves out deleted ones. */
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

/** The same for a statement in which `k` is the key. */
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
