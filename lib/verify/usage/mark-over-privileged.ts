import { setImmediate as breathe } from "node:timers/promises";
import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import type { Permission } from "@/lib/core/access/permission";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
import { demandDays, overPrivilege, youngestDays } from "@/lib/core/keys/over-privileged";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { loadKeySnapshots } from "../memory/key-snapshot";

const dayMs = 24 * 60 * 60 * 1000;
const keysAtOnce = 500;

type Candidate = {
  readonly id: string;
  readonly lastUsedAt: Date | null;
  readonly isMarked: boolean;
  /** What its calls of the last days demanded. */
  readonly demanded: readonly Permission[];
};

/**
 * Marks every key that is over-privileged. A key's permissions depend on its roles, its level and its creator's, so no
 * statement can tell, and candidates are checked one by one. Any number of nodes may run this.
 *
 * @throws if the database does not respond
 */
export async function markOverPrivileged(now: Date, signal?: AbortSignal): Promise<void> {
  for (let after: string | undefined = ""; after !== undefined && signal?.aborted !== true; ) {
    after = (await mark(nextCandidates(after, now), now)).at(-1)?.id;
    await breathe();
  }
}

/** Every key that could be over-privileged, and those that are marked but may no longer be. */
function nextCandidates(after: string, now: Date, among = Prisma.sql`TRUE`): Prisma.Sql {
  const bornBefore = new Date(now.getTime() - youngestDays * dayMs);
  return Prisma.sql`
    id > ${after} AND ${among} AND (over_privileged OR revoked_at IS NULL AND deleted_at IS NULL AND (
      created_at < ${bornBefore}::timestamptz AND last_used_at >= ${demandsFrom(now)}::timestamptz
      OR access_level = 'OWNER' AND expires_at IS NULL
    ))
    ORDER BY id LIMIT ${keysAtOnce}`;
}

/** Further keys of a role wait for the next full check, so that whoever edits the role does not. */
const mostOfRole = 5_000;

/**
 * Checks the keys that carry a role whose permissions have changed. Not in that transaction, which has locked the role:
 * changing a key's roles locks the key first.
 *
 * @throws if the database does not respond
 */
export async function markKeysOfRole(
  { id, organizationId }: { readonly id: string; readonly organizationId: string },
  now: Date,
): Promise<void> {
  const ofRole = Prisma.sql`id IN (SELECT key_id FROM api_key_roles
    WHERE organization_id = ${organizationId}::uuid AND role_id = ${id}::uuid)`;
  let after: string | undefined = "";
  for (let checked = 0; after !== undefined && checked < mostOfRole; checked += keysAtOnce) {
    after = (await mark(nextCandidates(after, now, ofRole), now)).at(-1)?.id;
  }
}

/**
 * Checks keys again whose roles this transaction has changed, so that lists are right before the next full check. The
 * transaction has locked them.
 */
export async function markAgain(
  transaction: Transaction,
  keyIds: readonly string[],
  now: Date,
): Promise<void> {
  await mark(Prisma.sql`id = ANY(${keyIds})`, now, transaction);
}

function demandsFrom(now: Date): Date {
  return new Date(now.getTime() - demandDays * dayMs);
}

/** @param which the keys to look at, which it returns */
async function mark(which: Prisma.Sql, now: Date, transaction?: Transaction): Promise<readonly Candidate[]> {
  const inside = transaction ?? database();
  const candidates = await inside.$queryRaw<Candidate[]>`
    SELECT id, last_used_at AS "lastUsedAt", over_privileged AS "isMarked", ARRAY(
      SELECT DISTINCT permission FROM api_key_permission_days
      WHERE key_id = k.id AND day >= (${demandsFrom(now)}::timestamptz AT TIME ZONE 'UTC')::date) AS demanded
    FROM api_keys k WHERE ${which}`;
  const snapshots = await loadKeySnapshots(
    candidates.map(({ id }) => id),
    transaction,
  );
  const changed = candidates.filter(({ id, lastUsedAt, isMarked, demanded }) => {
    const key = snapshots.get(id);
    if (key === undefined) return false;
    const isLive = key.revokedAt === null && key.deletedAt === null;
    const roles = key.roles.map((role) => role.id);
    const { permissions } = effectivePermissions(key);
    const facts = { ...key, lastUsedAt, roles, endsAt: effectiveEnd(key), permissions, demanded };
    return (isLive && overPrivilege(facts, now) !== null) !== isMarked;
  });
  if (changed.length === 0) return candidates;
  const [ids, marks] = [changed.map(({ id }) => id), changed.map(({ isMarked }) => isMarked)];
  // Locks the keys in the order of their ids, like every change of several keys.
  await inside.$executeRaw`
    WITH locked AS MATERIALIZED (
      SELECT id FROM api_keys WHERE id = ANY(${ids}) ORDER BY id FOR NO KEY UPDATE
    )
    UPDATE api_keys k SET over_privileged = NOT was.marked
    FROM locked JOIN unnest(${ids}::text[], ${marks}::boolean[]) AS was(id, marked) USING (id)
    WHERE k.id = locked.id AND k.over_privileged = was.marked`;
  return candidates;
}
