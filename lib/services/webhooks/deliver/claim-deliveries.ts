import { database } from "@/lib/db/client";

/** A delivery that this node sends now. */
export type Claimed = {
  readonly id: string;
  readonly organizationId: string;
  readonly endpointId: string;
  readonly url: string;
  readonly type: string;
  readonly payload: string;
  readonly attempts: number;
  /** The end of the claim as the database writes it, by which its outcome is written for this claim only. */
  readonly claim: string;
  readonly sealedSecret: Uint8Array;
  readonly pepperVersion: number;
  readonly previousSecret: Uint8Array | null;
  readonly previousVersion: number | null;
};

/** Longer than an attempt can take. If this node dies, another one sends it afterwards. */
const claimSeconds = 20;
/** So a slow endpoint holds up neither the others nor its own receiver. One that fails is tried once at a time. */
const atOncePerEndpoint = 4;

/**
 * Claims what is due, at most `most` deliveries: of each subject of an endpoint only the first that waits, so that a
 * later message never overtakes it.
 *
 * @param failing whether to claim for the endpoints that fail, or for the others
 * @param busy how many deliveries this node is sending, by endpoint
 */
export function claimDeliveries(
  failing: boolean,
  most: number,
  busy: ReadonlyMap<string, number>,
): Promise<Claimed[]> {
  const each = failing ? 1 : atOncePerEndpoint;
  const taken = JSON.stringify(Object.fromEntries(busy));
  return database().$queryRaw<Claimed[]>`
    WITH due AS MATERIALIZED (
      SELECT d.id FROM (
        SELECT id FROM webhook_endpoints
        WHERE disabled_at IS NULL AND (failing_since IS NOT NULL) = ${failing}::boolean ORDER BY random()
      ) e CROSS JOIN LATERAL (
        SELECT w.id FROM webhook_deliveries w
        WHERE w.endpoint_id = e.id AND w.state = 'waiting' AND w.next_attempt_at <= clock_timestamp()
          AND (w.claimed_until IS NULL OR w.claimed_until < clock_timestamp())
          -- One look into the index for each row. An anti-join compares the rows of one subject with each other.
          AND w.position = (SELECT b.position FROM webhook_deliveries b WHERE b.endpoint_id = w.endpoint_id
            AND b.subject = w.subject AND b.state = 'waiting' ORDER BY b.position LIMIT 1)
        ORDER BY w.position
        LIMIT greatest(0, ${each}::int - coalesce((${taken}::jsonb ->> e.id::text)::int, 0))
        FOR UPDATE SKIP LOCKED
      ) d LIMIT ${most}
    )
    UPDATE webhook_deliveries d SET claimed_until = clock_timestamp() + ${claimSeconds}::int * interval '1 second'
    FROM due, webhook_endpoints e
    WHERE d.id = due.id AND e.id = d.endpoint_id
    RETURNING d.id::text AS id, d.organization_id::text AS "organizationId", d.endpoint_id::text AS "endpointId",
      e.url, d.type, d.payload, d.attempts, d.claimed_until::text AS claim,
      e.sealed_secret AS "sealedSecret", e.pepper_version AS "pepperVersion",
      CASE WHEN e.previous_until > clock_timestamp() THEN e.previous_secret END AS "previousSecret",
      e.previous_version AS "previousVersion"`;
}
