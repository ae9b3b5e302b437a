import type { LifetimeBound } from "@/lib/core/keys/effective-end";
import { lastCreatedOfEnded } from "@/lib/core/keys/effective-end";
import type { KeyListStatus } from "@/lib/core/keys/key-list-settings";
import type { StatusFilter } from "@/lib/core/keys/key-status";
import { unknownState } from "@/lib/core/unknown-state";
import type { Prisma as PrismaTypes } from "@/lib/db/generated/client";
import { Prisma } from "@/lib/db/generated/client";

/** What a status depends on besides the key: the time, and the policy of the key's organization. */
export type StatusAt = LifetimeBound & { readonly now: Date };

/** Selects the keys that match this filter, consistent with `keyStanding`. The caller excludes deleted keys. */
export function statusWhere(filter: StatusFilter, at: StatusAt): PrismaTypes.ApiKeyWhereInput {
  const { now, maximumLifetimeDays, defaultKeyId } = at;
  const lastCreated = lastCreatedOfEnded(maximumLifetimeDays, now);
  const exempt = defaultKeyId === null ? [] : [defaultKeyId];
  switch (filter) {
    case "active":
      return {
        revokedAt: null,
        AND: [
          { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
          lastCreated === null ? {} : { OR: [{ createdAt: { gt: lastCreated } }, { id: { in: exempt } }] },
        ],
      };
    case "revoked":
      return { revokedAt: { not: null } };
    case "expired":
      return {
        revokedAt: null,
        OR: [
          { expiresAt: { lte: now } },
          ...(lastCreated === null ? [] : [{ createdAt: { lte: lastCreated }, id: { notIn: exempt } }]),
        ],
      };
    case "all":
      return {};
    default:
      return unknownState(filter);
  }
}

/** Like `statusWhere`, as SQL; `k` is the key. */
export function statusSql(filter: KeyListStatus, at: StatusAt): Prisma.Sql {
  switch (filter) {
    case "active":
      return Prisma.sql`(k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ${at.now}::timestamptz)
        AND NOT ${reachedMaximumSql(at)})`;
    case "paused":
      return Prisma.sql`(k.paused_at IS NOT NULL AND ${statusSql("active", at)})`;
    case "rolling":
      return Prisma.sql`(k.paused_at IS NULL AND ${statusSql("active", at)} AND EXISTS (SELECT 1 FROM api_key_secrets s
        WHERE s.organization_id = k.organization_id AND s.key_id = k.id AND s.ends_at > ${at.now}::timestamptz))`;
    case "revoked":
      return Prisma.sql`k.revoked_at IS NOT NULL`;
    case "expired":
      return Prisma.sql`(k.revoked_at IS NULL AND (k.expires_at <= ${at.now}::timestamptz OR ${reachedMaximumSql(at)}))`;
    case "all":
      return Prisma.sql`TRUE`;
    default:
      return unknownState(filter);
  }
}

/** This many days as a PostgreSQL interval. In hours, since its days are longer or shorter when the clocks change. */
export function daysSql(days: number): Prisma.Sql {
  return Prisma.sql`make_interval(hours => ${days * 24}::int)`;
}

/** Has the key reached the maximum lifetime? Never without a maximum, or for the exempt key. */
function reachedMaximumSql({ now, maximumLifetimeDays, defaultKeyId }: StatusAt): Prisma.Sql {
  const lastCreated = lastCreatedOfEnded(maximumLifetimeDays, now);
  if (lastCreated === null) return Prisma.sql`FALSE`;
  const old = Prisma.sql`k.created_at <= ${lastCreated}::timestamptz`;
  return defaultKeyId === null ? old : Prisma.sql`(${old} AND k.id <> ${defaultKeyId})`;
}
