import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { randomKeyId } from "@/lib/token/format";

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
/** An arbitrary constant for an advisory lock. */
const claimLock = 6_403_118;
/** Of an endpoint, from each of the two beginnings: thousands that wait for a retry cost no more. */
const subjectsLookedAt = 100;

export type Room = {
  /** How many deliveries to claim at most. */
  readonly most: number;
  /** How many of one organization. */
  readonly each: number;
  /** The same for organizations of which this node is sending some. */
  readonly left: ReadonlyMap<string, number>;
};

/**
 * Claims what is due: of each subject of an endpoint only the first that waits, so that a later message never overtakes
 * it, and the oldest of those. All nodes together send no more at once to an endpoint than it may get.
 *
 * Organizations with the most room left come first, so that what becomes free goes to those that have little.
 *
 * Subjects are looked at by the index of their names, however many messages wait about each: from the first one, and
 * from a random one, since of very many those in front may all have to wait.
 *
 * @param failing whether to claim for the endpoints that fail, or for the others
 */
export async function claimDeliveries(failing: boolean, { most, each, left }: Room): Promise<Claimed[]> {
  const perEndpoint = failing ? 1 : atOncePerEndpoint;
  const roomLeft = JSON.stringify(Object.fromEntries(left));
  const somewhere = formatKeyId(randomKeyId());
  const db = database();
  // One node at a time, and the claim in a statement after the lock: it sees what the others have claimed.
  const [, claimed] = await db.$transaction([
    db.$executeRaw`SELECT pg_advisory_xact_lock(${claimLock}::bigint)`,
    db.$queryRaw<Claimed[]>`
    WITH due AS MATERIALIZED (
      SELECT d.id FROM (
        SELECT id FROM (SELECT DISTINCT organization_id AS id FROM webhook_endpoints
          WHERE disabled_at IS NULL AND (failing_since IS NOT NULL) = ${failing}::boolean) active 
        ORDER BY coalesce((${roomLeft}::jsonb ->> id::text)::int, ${each}::int) DESC, random()
      ) o CROSS JOIN LATERAL (
        SELECT first.id FROM (
          SELECT id FROM webhook_endpoints WHERE organization_id = o.id
            AND disabled_at IS NULL AND (failing_since IS NOT NULL) = ${failing}::boolean ORDER BY random()
        ) e CROSS JOIN LATERAL (
          WITH RECURSIVE walk (subject, steps) AS (
            VALUES ('', 0), (${somewhere}, 0)
            UNION
            SELECT next.subject, steps + 1 FROM walk CROSS JOIN LATERAL (
              SELECT w.subject FROM webhook_deliveries w
              WHERE w.endpoint_id = e.id AND w.state = 'waiting' AND w.subject > walk.subject
              ORDER BY w.subject LIMIT 1
            ) next WHERE steps < ${subjectsLookedAt}::int
          )
          SELECT w.id FROM webhook_deliveries w
          WHERE w.id = ANY (ARRAY(
              SELECT (SELECT f.id FROM webhook_deliveries f
                WHERE f.endpoint_id = e.id AND f.state = 'waiting' AND f.subject = s.subject ORDER BY f.position LIMIT 1)
              FROM (SELECT DISTINCT subject FROM walk WHERE steps > 0) s))
            AND w.state = 'waiting' AND w.next_attempt_at <= clock_timestamp()
            AND (w.claimed_until IS NULL OR w.claimed_until < clock_timestamp())
          ORDER BY w.position
          LIMIT greatest(0, ${perEndpoint}::int - (SELECT count(*) FROM webhook_deliveries c
            WHERE c.endpoint_id = e.id AND c.claimed_until > clock_timestamp()))
          FOR UPDATE SKIP LOCKED
        ) first LIMIT greatest(0, coalesce((${roomLeft}::jsonb ->> o.id::text)::int, ${each}::int))
      ) d LIMIT ${most}
    )
    UPDATE webhook_deliveries d SET claimed_until = clock_timestamp() + ${claimSeconds}::int * interval '1 second'
    FROM due, webhook_endpoints e
    WHERE d.id = due.id AND e.id = d.endpoint_id
    RETURNING d.id::text AS id, d.organization_id::text AS "organizationId", d.endpoint_id::text AS "endpointId",
      e.url, d.type, d.payload, d.attempts, d.claimed_until::text AS claim,
      e.sealed_secret AS "sealedSecret", e.pepper_version AS "pepperVersion",
      CASE WHEN e.previous_until > clock_timestamp() THEN e.previous_secret END AS "previousSecret",
      e.previous_version AS "previousVersion"`,
  ]);
  return claimed;
}
