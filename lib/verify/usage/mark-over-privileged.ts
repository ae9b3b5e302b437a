import { setImmediate as breathe } from "node:timers/promises";
import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import type { Permission } from "@/lib/core/access/permission";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
import { demandDays, overPrivilege, youngestDays } from "@/lib/core/keys/over-privileged";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { loadKeySnapshots } from "../memory/key-snapshot";

const dayMs = 24 * 60 * 60 * 1000;
const keysAtOnce = 500;

type Candidate = { readonly id: string; readonly lastUsedAt: Date | null; readonly isMarked: boolean };

/**
 * Marks every key that is over-privileged. A key's permissions depend on its roles, its level and its creator's, so no
 * statement can tell, and candidates are checked one by one. Any number of nodes may run this.
 *
 * @throws if the database does not respond
 */
export async function markOverPrivileged(now: Date, signal?: AbortSignal): Promise<void> {
  let after = "";
  while (signal?.aborted !== true) {
    const candidates = await readCandidates(after, now);
    const last = candidates.at(-1);
    if (last === undefined) return;
    await markSome(candidates, now);
    if (candidates.length < keysAtOnce) return;
    after = last.id;
    await breathe();
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
  const candidates = await transaction.$queryRaw<Candidate[]>`
    SELECT id, last_used_at AS "lastUsedAt", over_privileged AS "isMarked" FROM api_keys WHERE id = ANY(${keyIds})`;
  await markSome(candidates, now, transaction);
}

/** Every key that could be over-privileged, and those that are marked but may no longer be. */
function readCandidates(after: string, now: Date): Promise<Candidate[]> {
  const bornBefore = new Date(now.getTime() - youngestDays * dayMs);
  const usedFrom = new Date(now.getTime() - demandDays * dayMs);
  return database().$queryRaw<Candidate[]>`
    SELECT id, last_used_at AS "lastUsedAt", over_privileged AS "isMarked" FROM api_keys
    WHERE id > ${after} AND (over_privileged OR revoked_at IS NULL AND deleted_at IS NULL AND (
      created_at < ${bornBefore}::timestamptz AND last_used_at >= ${usedFrom}::timestamptz
      OR access_level = 'OWNER' AND expires_at IS NULL
    ))
    ORDER BY id LIMIT ${keysAtOnce}`;
}

async function markSome(
  candidates: readonly Candidate[],
  now: Date,
  transaction?: Transaction,
): Promise<void> {
  const ids = candidates.map(({ id }) => id);
  const snapshots = await loadKeySnapshots(ids, transaction);
  const demanded = await readDemanded(ids, now, transaction);
  const changed = candidates.filter(({ id, lastUsedAt, isMarked }) => {
    const key = snapshots.get(id);
    if (key === undefined) return false;
    const isLive = key.revokedAt === null && key.deletedAt === null;
    const facts = {
      ...key,
      lastUsedAt,
      roles: key.roles.map((role) => role.id),
      endsAt: effectiveEnd(key),
      permissions: effectivePermissions(key).permissions,
      demanded: demanded.get(id) ?? [],
    };
    return (isLive && overPrivilege(facts, now) !== null) !== isMarked;
  });
  const changedIds = (isMarked: boolean) =>
    changed.filter((each) => each.isMarked === isMarked).map(({ id }) => id);
  await mark(changedIds(false), true, transaction);
  await mark(changedIds(true), false, transaction);
}

async function readDemanded(
  keyIds: readonly string[],
  now: Date,
  transaction: Transaction = database(),
): Promise<ReadonlyMap<string, readonly Permission[]>> {
  const from = new Date(now.getTime() - demandDays * dayMs);
  const rows = await transaction.$queryRaw<{ id: string; permissions: Permission[] }[]>`
    SELECT key_id AS id, array_agg(DISTINCT permission) AS permissions FROM api_key_permission_days
    WHERE key_id = ANY(${keyIds}) AND day >= (${from}::timestamptz AT TIME ZONE 'UTC')::date GROUP BY key_id`;
  return new Map(rows.map(({ id, permissions }) => [id, permissions]));
}

/** Locks the keys in the order of their ids, like every change of several keys. */
async function mark(
  keyIds: readonly string[],
  isMarked: boolean,
  transaction: Transaction = database(),
): Promise<void> {
  if (keyIds.length === 0) return;
  await transaction.$executeRaw`
    WITH locked AS MATERIALIZED (
      SELECT id FROM api_keys WHERE id = ANY(${keyIds}) ORDER BY id FOR NO KEY UPDATE
    )
    UPDATE api_keys k SET over_privileged = ${isMarked} FROM locked
    WHERE k.id = locked.id AND k.over_privileged <> ${isMarked}`;
}
