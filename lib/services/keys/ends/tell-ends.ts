import { reminderDays } from "@/lib/core/notices/end-reminders";
import { database, inTransactionApart } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { log } from "@/lib/log";
import type { OrganizationId } from "@/lib/services/access/context";
import { lockKeyCreators } from "@/lib/services/access/lock-membership";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";

const organizationsAtOnce = 50;
/** How many keys one transaction handles, since the organization's other changes wait for it. */
const keysAtOnce = 200;
/** In days. Keys that end later have no reminder yet. */
const mostDays = reminderDays[0] + 1;

type Ending = {
  readonly keyId: string;
  readonly name: string;
  readonly endsAt: Date;
  readonly setBy: "key" | "policy";
  /** How many days before the end; null once it has come. */
  readonly daysBefore: number | null;
};

/** The due reminder, by the same rule as `reminderDue`. */
const daysBeforeSql = (now: Date) =>
  Prisma.sql`CASE ${Prisma.join(
    [...reminderDays].reverse().map((days) => {
      const due = Prisma.sql`(date_trunc('day', e.end_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC') - ${days}::int * interval '24 hours'`;
      return Prisma.sql`WHEN ${due} <= ${now}::timestamptz THEN CASE WHEN ${due} > k.created_at THEN ${days}::int END`;
    }),
    " ",
  )} END`;

/**
 * Selects live keys that have ended, or have a reminder due, without an audit entry about it yet. Ends are effective
 * ones, so a changed maximum lifetime means a new end. Expiries of more than 30 days ago are skipped, since the server
 * was away for too long. So is a reminder after a later one, which comes from another node whose clock is behind.
 */
const untold = (now: Date) => Prisma.sql`
  SELECT k.organization_id, k.id AS key_id, k.name, e.end_at, r.days_before,
    CASE WHEN k.expires_at <= coalesce(p.end_at, 'infinity') THEN 'key' ELSE 'policy' END AS set_by
  FROM (
    -- Two parts, so that an index is used for organizations without a maximum lifetime.
    SELECT k.*, o.default_key_id, o.maximum_lifetime_days FROM organizations o JOIN api_keys k ON k.organization_id = o.id
    WHERE o.maximum_lifetime_days IS NULL AND k.deleted_at IS NULL
      AND k.expires_at > ${now}::timestamptz - interval '30 days' AND k.expires_at <= ${now}::timestamptz + ${mostDays}::int * interval '24 hours'
    UNION ALL
    SELECT k.*, o.default_key_id, o.maximum_lifetime_days FROM organizations o JOIN api_keys k ON k.organization_id = o.id
    WHERE o.maximum_lifetime_days IS NOT NULL AND k.deleted_at IS NULL
  ) k
  CROSS JOIN LATERAL (SELECT CASE WHEN k.id IS DISTINCT FROM k.default_key_id
    THEN k.created_at + k.maximum_lifetime_days * interval '24 hours' END AS end_at) p
  CROSS JOIN LATERAL (SELECT least(k.expires_at, p.end_at) AS end_at) e
  CROSS JOIN LATERAL (SELECT CASE WHEN e.end_at > ${now}::timestamptz THEN ${daysBeforeSql(now)} END AS days_before) r
  LEFT JOIN told_ends t ON t.key_id = k.id
  WHERE k.revoked_at IS NULL AND CASE WHEN e.end_at <= ${now}::timestamptz THEN t.expired IS DISTINCT FROM e.end_at
    ELSE r.days_before IS NOT NULL AND (t.expiring IS DISTINCT FROM e.end_at OR r.days_before < t.reminder) END`;

/**
 * Writes an audit entry for each key that ends in 14, 7 and 1 days, and another one when it has ended. Several nodes
 * may run this at once: each entry is written once. A failure in one organization does not stop the others.
 *
 * @param nodeNow limited to the database's clock: a clock that is ahead would report ends too early
 * @returns whether there may be more
 */
export async function tellEnds(nodeNow: Date, signal?: AbortSignal): Promise<boolean> {
  const [clock] = await database().$queryRaw<{ readonly now: Date }[]>`
    SELECT least(${nodeNow}::timestamptz, clock_timestamp())::timestamptz(3) AS now`;
  const { now } = clock ?? { now: nodeNow };
  const found = await database().$queryRaw<{ readonly id: OrganizationId }[]>`
    SELECT id FROM (SELECT DISTINCT organization_id::text AS id FROM (${untold(now)}) u) o
    ORDER BY random() LIMIT ${organizationsAtOnce}`;
  let hasTold = false;
  for (const { id } of found) {
    try {
      while (signal?.aborted !== true && (await tellEndsOf(id, now))) hasTold = true;
    } catch (error) {
      log().error(error, `the ends of keys of organization ${id} could not be told`);
    }
  }
  return hasTold && found.length === organizationsAtOnce;
}

/** @returns whether it wrote any entries; also false while another node handles this organization */
async function tellEndsOf(organizationId: OrganizationId, now: Date): Promise<boolean> {
  return inTransactionApart(async (transaction) => {
    const [free] = await transaction.$queryRaw<{ readonly isLocked: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtextextended(${`ends of keys ${organizationId}`}, 0)) AS "isLocked"`;
    if (free?.isLocked !== true) return false;
    // Lock the organization first; see stopLeakedKeys.
    await lockKeyCreators(transaction, organizationId);
    const told = await transaction.$queryRaw<Ending[]>`
      WITH found AS MATERIALIZED (
        SELECT * FROM (${untold(now)}) u WHERE organization_id = ${organizationId}::uuid
        ORDER BY key_id LIMIT ${keysAtOnce}
      ), told AS (
        INSERT INTO told_ends AS t (key_id, organization_id, expiring, reminder, expired)
        SELECT key_id, organization_id, CASE WHEN days_before IS NOT NULL THEN end_at END, days_before,
          CASE WHEN days_before IS NULL THEN end_at END
        FROM found ORDER BY key_id
        ON CONFLICT (key_id) DO UPDATE SET expiring = coalesce(excluded.expiring, t.expiring),
          reminder = coalesce(excluded.reminder, t.reminder), expired = coalesce(excluded.expired, t.expired)
        WHERE excluded.expired IS DISTINCT FROM t.expired AND excluded.expired IS NOT NULL
          OR excluded.expiring IS NOT NULL
            AND (excluded.expiring IS DISTINCT FROM t.expiring OR excluded.reminder < t.reminder)
        RETURNING key_id
      )
      SELECT key_id AS "keyId", name, end_at AS "endsAt", set_by AS "setBy", days_before AS "daysBefore"
      FROM found JOIN told USING (key_id) ORDER BY end_at, key_id`;
    const [first, ...others] = told.map(factsOf);
    if (first === undefined) return false;
    const actor = { kind: "system", name: "Latchkey" } as const;
    const origin = { at: now, address: null, userAgent: null, requestId: null };
    await recordAuditEntry(
      transaction,
      { organization: { id: organizationId }, actor, origin },
      first,
      ...others,
    );
    return true;
  });
}

function factsOf({ keyId, name, endsAt, setBy, daysBefore }: Ending): AuditFacts {
  const target = { type: "key", id: keyId, name } as const;
  const details = { endsAt: endsAt.toISOString(), setBy };
  if (daysBefore === null) return { action: "key.expired", target, details };
  return { action: "key.expiring", target, details: { ...details, daysBefore } };
}
