import { periodStart, periodStarts } from "@/lib/core/keys/usage-period";
import { database } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";

/** The calls with one of a key's secrets by hour. */
export type SecretUsage = {
  readonly version: number;
  /** Null for the current secret. */
  readonly endsAt: Date | null;
  /** Every hour of the span (UTC), including those without calls. */
  readonly hours: readonly SecretHour[];
};

type SecretHour = { readonly start: Date; readonly accepted: number; readonly refused: number };

/**
 * Reads the calls per hour with the current secret, and with each older one that was presented in the span, newest
 * first. Callers are kept for about a week, and these are their sums.
 */
export async function readSecretUsage(
  { id, organizationId }: Pick<ApiKeyModel, "id" | "organizationId">,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly SecretUsage[]> {
  const first = periodStart(from, "hour");
  const rows = await database().$queryRaw<
    { version: number; endsAt: Date | null; start: number | null; accepted: number; refused: number }[]
  >`
    SELECT s.version, s.ends_at AS "endsAt", extract(epoch FROM c.hour)::float8 * 1000 AS start,
      coalesce(sum(c.accepted), 0)::float8 AS accepted, coalesce(sum(c.refused), 0)::float8 AS refused
    FROM api_key_secrets s
    LEFT JOIN api_key_caller_hours c ON c.organization_id = s.organization_id AND c.key_id = s.key_id
      AND c.secret_id = s.id AND c.hour >= ${first}::timestamptz AND c.hour < ${to}::timestamptz
    WHERE s.organization_id = ${organizationId}::uuid AND s.key_id = ${id}
      AND (s.ends_at IS NULL OR s.ends_at > ${to}::timestamptz OR c.hour IS NOT NULL)
    GROUP BY s.version, s.ends_at, c.hour ORDER BY s.version DESC`;
  const starts = periodStarts(first, to, "hour");
  return [...new Set(rows.map(({ version }) => version))].map((version) => {
    const own = rows.filter((row) => row.version === version);
    const hours = new Map(own.map((row) => [row.start, row]));
    return {
      version,
      endsAt: own[0]?.endsAt ?? null,
      hours: starts.map((start) => {
        const { accepted = 0, refused = 0 } = hours.get(start.getTime()) ?? {};
        return { start, accepted, refused };
      }),
    };
  });
}
