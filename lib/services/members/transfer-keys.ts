import { generatableLevels, mayKeyManageKey } from "@/lib/core/access/manage-keys";
import { sameNamespace } from "@/lib/core/access/namespace";
import type { Resource } from "@/lib/core/access/resource";
import { maximumFor } from "@/lib/core/keys/effective-end";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { KeyTransfers } from "@/lib/schemas/member";
import type { ActingContext } from "@/lib/services/access/key-context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { endedInEffect } from "@/lib/services/keys/follow-up/ended-in-effect";
import { type KeyRowRecord, keyRoles, keyRowInclude } from "@/lib/services/keys/read/key-row";
import { namespaceColumns, namespaceOfKey } from "../access/level-in-namespace";
import { readCallingKey } from "../access/lock-calling-key";
import type { LockedMembers } from "../access/lock-members";
import { lockReceivers } from "../access/lock-receivers";
import { readLifetimeBound } from "../access/read-lifetime-bound";
import { reachOfRow, refuseExcess, refuseOutliving } from "../access/refuse-excess";
import { lockKeysOf } from "./lock-keys-of";
import type { KeysAfter } from "./member-view";
import type { PlannedTransfers } from "./plan-transfers";

export type TransferredKeys = {
  /** The member's unrevoked keys that were not transferred. A removal ends these. */
  readonly kept: readonly string[];
  readonly entries: readonly AuditFacts[];
};

/**
 * Locks a member's keys and transfers the named ones, all or none. Each new owner must be someone who could have
 * generated the key in its namespace, because the key is limited to their permissions from then on.
 *
 * @param within transfers only keys of this namespace; if undefined, all the member's keys
 */
export async function transferKeys(
  transaction: Transaction,
  context: ActingContext,
  { keyCreators, levels }: LockedMembers,
  fromUserId: string,
  { transfers, refuseOthers }: PlannedTransfers,
  within?: Resource,
): Promise<Result<TransferredKeys>> {
  if (transfers.length > transfersAtOnce) return tooMany;
  const organizationId = context.organization.id;
  const theirs = {
    organizationId,
    creatorId: fromUserId,
    liveCreatorId: fromUserId,
    ...(within === undefined ? {} : namespaceColumns(within)),
  };
  const receiverLevel = await lockReceivers(transaction, context, givenAway(context, theirs), transfers);
  await lockKeysOf(transaction, organizationId, fromUserId, within);
  // A separate statement after the lock, so that it sees what the previous holder committed.
  const rows = await transaction.apiKey.findMany({
    where: theirs,
    select: { id: true, lastUsedAt: true },
    orderBy: { id: "asc" },
  });
  const ids = rows.map(({ id }) => id);
  const ended = await endedInEffect(transaction, organizationId, ids);
  const all = rows.filter(({ id }) => !ended.has(id));
  const others = refuseOthers(all);
  if (others !== null) return others;

  const named = await transaction.apiKey.findMany({
    where: { ...theirs, id: { in: transfers.map(({ keyId }) => keyId) } },
    include: keyRowInclude,
  });
  const byId = new Map(named.filter(({ id }) => !ended.has(id)).map((key) => [key.id, key]));
  const refusedByKey = await refusalByKey(transaction, context);
  const moves: { readonly key: KeyRowRecord; readonly toUserId: string }[] = [];
  for (const [index, { keyId, toUserId }] of transfers.entries()) {
    const key = byId.get(keyId);
    const level = levels.get(toUserId);
    // Check the receivers first, so that no refusal reveals the creator of a key in another namespace.
    if (toUserId === fromUserId) return refusedReceiver(index, "A key cannot go to the person who loses it");
    if (level === undefined) return refusedReceiver(index, "This person is not a member");
    if (key === undefined) return noSuchKey(index);
    const refused = refusedByKey(key, index);
    if (refused !== null) return refused;
    const levelInNamespace = receiverLevel(key, toUserId);
    if (!generatableLevels({ level, keyCreators }, levelInNamespace).includes(key.accessLevel)) {
      return failure("forbidden", `“${key.name}” cannot go to someone who could not have generated it.`);
    }
    moves.push({ key, toUserId });
  }

  for (const toUserId of new Set(moves.map((move) => move.toUserId))) {
    const ids = moves.filter((move) => move.toUserId === toUserId).map(({ key }) => key.id);
    await transaction.apiKey.updateMany({
      where: { organizationId, id: { in: ids } },
      data: { creatorId: toUserId, liveCreatorId: toUserId },
    });
  }
  const moved = new Set(moves.map(({ key }) => key.id));
  return success({
    kept: all.map(({ id }) => id).filter((id) => !moved.has(id)),
    entries: moves.map(({ key, toUserId }) => ({
      action: "key.transferred",
      target: { type: "key", id: key.id, name: key.name },
      details: { fromUserId, toUserId },
    })),
  });
}

/** What happened to a person's keys, for whoever removed their access. */
export function keysAfter(revoked: number, transfers: readonly { readonly toUserId: string }[]): KeysAfter {
  const receivers = [...new Set(transfers.map(({ toUserId }) => toUserId))];
  return {
    revoked,
    transferred: receivers.map((toUserId) => ({
      toUserId,
      keys: transfers.filter((each) => each.toUserId === toUserId).length,
    })),
  };
}

/** Each row is written before the answer, and more rows would exceed the transaction's time limit. */
const transfersAtOnce = 10_000;
const tooMany = failure(
  "conflict",
  "More than 10,000 keys cannot change hands at once. Transfer some of them in the list of keys first, or let them end.",
);

/** A calling key only transfers keys of its own namespace, so no other namespace is locked for it. */
function givenAway({ actor }: ActingContext, theirs: Prisma.ApiKeyWhereInput): Prisma.ApiKeyWhereInput {
  if (actor.kind === "user") return theirs;
  const { namespace } = actor;
  return { ...theirs, namespaceType: namespace.type, ...namespaceColumns(namespace) };
}

type Refusal = (key: KeyRowRecord, index: number) => Failure | null;

/**
 * Why a calling key may not transfer this key. A transfer keeps a key alive or restores what it lost, so the caller
 * must be able to change and resume it: the key must be in the caller's namespace, below its level and within its own
 * bounds. The caller sees no other keys.
 */
async function refusalByKey(
  transaction: Transaction,
  { actor, ...context }: ActingContext,
): Promise<Refusal> {
  if (actor.kind === "user") return () => null;
  const caller = await readCallingKey(transaction, { ...context, actor });
  const bound = await readLifetimeBound(transaction, context.organization.id);
  return (key, index) => {
    if (!caller.ok) return caller;
    if (!sameNamespace(namespaceOfKey(key), actor.namespace)) return noSuchKey(index);
    const field = `transfers.${index}.keyId`;
    if (!mayKeyManageKey({ ...actor, ...caller.value }, "update", key)) {
      const message = "A key can transfer only keys below its level, and needs the permission keys:update";
      return failure("forbidden", `${message}.`, [{ field, message }]);
    }
    const reach = reachOfRow({ ...key, maximumLifetimeDays: maximumFor(bound, key.id) }, keyRoles(key));
    const refused = refuseOutliving(key, caller.value) ?? refuseExcess(reach, caller.value);
    return refused === null
      ? null
      : failure("forbidden", refused.detail, [{ field, message: refused.detail }]);
  };
}

/**
 * If a change is sent again, nothing is left to transfer, so it succeeds if the keys already belong to their receivers.
 * A calling key does not learn who created keys of other namespaces.
 */
export async function refuseUndoneTransfers(
  transaction: Transaction,
  context: ActingContext,
  transfers: KeyTransfers,
): Promise<Failure | null> {
  if (transfers.length === 0) return null;
  const organizationId = context.organization.id;
  const done = await transaction.apiKey.findMany({
    where: givenAway(context, { organizationId, id: { in: transfers.map(({ keyId }) => keyId) } }),
    select: { id: true, liveCreatorId: true },
  });
  const creators = new Map(done.map((key) => [key.id, key.liveCreatorId]));
  return transfers.every(({ keyId, toUserId }) => creators.get(keyId) === toUserId) ? null : changed;
}

const changed = failure("conflict", "These keys do not belong to the people this request names.");

/** The same answer if the key has ended or changed hands since, or is invisible to the caller. */
function noSuchKey(index: number): Failure {
  const message = "This key does not belong to them, or has ended";
  return failure(
    "conflict",
    "A key to transfer does not belong to them, or has ended. Review their keys again.",
    [{ field: `transfers.${index}.keyId`, message }],
  );
}

/** The same answer for a receiver who has left since. */
function refusedReceiver(index: number, message: string): Failure {
  return failure("conflict", `${message}.`, [{ field: `transfers.${index}.toUserId`, message }]);
}
