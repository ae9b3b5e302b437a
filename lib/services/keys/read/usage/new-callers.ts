import { database } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";

/** An address and client that have started to call a key. */
export type NewCaller = {
  /** Null if unknown. */
  readonly address: string | null;
  readonly client: string | null;
  /** The start of the hour of its first call. */
  readonly since: Date;
};

const mostShown = 50;

/**
 * Who called a key for the first time within the last 24 hours, as far as callers are stored, the latest first. Empty
 * if the key was not called for a day before, since everybody would be new. Also empty after an hour with so many
 * callers that the rest were added up, since a caller might have been among them.
 */
export async function readNewCallers(
  { id, organizationId }: Pick<ApiKeyModel, "id" | "organizationId">,
  now: Date,
): Promise<readonly NewCaller[]> {
  return database().$queryRaw<NewCaller[]>`
    WITH callers AS (
      SELECT address, client, is_rest, min(hour) AS since FROM api_key_caller_hours
      WHERE organization_id = ${organizationId}::uuid AND key_id = ${id} GROUP BY address, client, is_rest
    )
    SELECT nullif(address, '') AS address, nullif(client, '') AS client, since
    FROM callers, (
      SELECT min(since) AS first, min(since) FILTER (WHERE is_rest) AS rest FROM callers
    ) known
    WHERE NOT is_rest AND since > ${now}::timestamptz - interval '24 hours'
      AND first <= since - interval '24 hours' AND (rest IS NULL OR rest >= since)
    ORDER BY since DESC, address, client LIMIT ${mostShown}`;
}
