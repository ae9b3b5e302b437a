import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";

const hourMs = 60 * 60 * 1000;
const hoursShown = 24;
/** Per secret, so that many callers of the new one do not hide those of the previous one. */
const mostCallers = 50;

/** A caller with one of a key's secrets. */
export type KeyCaller = {
  /** The version of the secret. */
  readonly secretVersion: number;
  /** Null if unknown, and for the rest. */
  readonly address: string | null;
  /** The User-Agent; null if there is none, and for the rest. */
  readonly client: string | null;
  /** Whether these are the callers beyond the busiest of each hour, added up. */
  readonly isRest: boolean;
  /** Accepted calls of the current hour and the 23 before it. */
  readonly calls24Hours: number;
  /** Refused calls of the same hours. */
  readonly refused24Hours: number;
  /** An estimate of all calls, accepted or refused, in the last 60 minutes. */
  readonly callsLastHour: number;
  readonly lastAt: Date;
};

/**
 * Reads who called a key in the last 24 hours, the busiest first, the rest last. Calls are stored per hour, so the last
 * 60 minutes are estimated from this hour's calls and a part of the previous hour's.
 */
export async function readKeyCallers(
  { id, organizationId }: Pick<ApiKeyModel, "id" | "organizationId">,
  now: Date,
  reader: Transaction = database(),
): Promise<readonly KeyCaller[]> {
  const thisHour = new Date(now.getTime() - (now.getTime() % hourMs));
  const previousHour = new Date(thisHour.getTime() - hourMs);
  const from = new Date(thisHour.getTime() - (hoursShown - 1) * hourMs);
  const previousPart = 1 - (now.getTime() % hourMs) / hourMs;
  return reader.$queryRaw<KeyCaller[]>`
    WITH callers AS (
      SELECT s.version, c.address, c.client, c.is_rest, sum(c.accepted) AS accepted, sum(c.refused) AS refused,
        coalesce(sum(c.accepted + c.refused) FILTER (WHERE c.hour >= ${thisHour}::timestamptz), 0)
          + coalesce(sum(c.accepted + c.refused) FILTER (WHERE c.hour = ${previousHour}::timestamptz), 0)
            * ${previousPart}::float8 AS last_hour,
        max(c.last_at) AS last_at, row_number() OVER (
          PARTITION BY s.version ORDER BY c.is_rest DESC, sum(c.accepted + c.refused) DESC, c.address, c.client
        ) AS place
      FROM api_key_caller_hours c
      JOIN api_key_secrets s ON s.id = c.secret_id AND s.organization_id = c.organization_id AND s.key_id = c.key_id
      WHERE c.organization_id = ${organizationId}::uuid AND c.key_id = ${id} AND c.hour >= ${from}::timestamptz
      GROUP BY s.version, c.address, c.client, c.is_rest
    )
    SELECT version AS "secretVersion", nullif(address, '') AS address, nullif(client, '') AS client,
      is_rest AS "isRest", accepted::float8 AS "calls24Hours", refused::float8 AS "refused24Hours",
      round(last_hour)::float8 AS "callsLastHour", last_at AS "lastAt"
    FROM callers WHERE place <= ${mostCallers}
    ORDER BY is_rest, accepted + refused DESC, version DESC, callers.address, callers.client`;
}
