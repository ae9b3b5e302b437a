import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { randomKeyId } from "@/lib/token/format";

/** A delivery that this node is sending. */
export type Claimed = {
  readonly id: string;
  readonly organizationId: string;
  readonly endpointId: string;
  readonly url: string;
  readonly type: string;
  readonly payload: string;
  readonly attempts: number;
  /** When the claim ends, as the database formats it. The outcome is written only if the claim is still the same. */
  readonly claim: string;
  readonly sealedSecret: Uint8Array;
  readonly pepperVersion: number;
  readonly previousSecret: Uint8Array | null;
  readonly previousVersion: number | null;
};

/** Longer than an attempt can take. If this node dies, another one sends the delivery afterwards. */
const claimSeconds = 20;
/**
 * How many deliveries an endpoint gets at once, so that a slow one delays no others. A failing endpoint gets one at a
 * time.
 */
const atOncePerEndpoint = 4;
/** An arbitrary constant for an advisory lock. */
const claimLock = 6_403_118;
/**
 * How many subjects of an endpoint are considered from each of two starting points, so that thousands waiting for a
 * retry cost no more.
 */
const subjectsLookedAt = 100;

export type Room = {
  /** The maximum number of deliveries to claim. */
  readonly most: number;
  /** The maximum per organization. */
  readonly each: number;
  /** The maximum for organizations of which this node is already sending some. */
  readonly left: ReadonlyMap<string, number>;
};

/**
 * Claims deliveries that are due: the oldest ones, and for each subject of an endpoint only the first that waits, so
 * that a later message never overtakes it. The limit per endpoint holds for all nodes together.
 *
 * Organizations with the most room left come first, so that free room goes to those that have little.
 *
 * An index lists the subjects, however many messages wait for each. They are read from the first one and from a random
 * one, since the first ones may all have to wait.
 *
 * @param failing whether to claim for failing endpoints, or for the others
 */
export async function claimDeliveries(failing: boolean, { most, each, left }: Room): Promise<Claimed[]> {
  const perEndpoint = failing ? 1 : atOncePerEndpoint;
  const roomLeft = JSON.stringify(Object.fromEntries(left));
  const somewhere = formatKeyId(randomKeyId());
  const db = database();
  // One node at a time. The claim is a separate statement after the lock, so that it sees what the others have claimed.
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
