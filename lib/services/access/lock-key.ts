import type { AccessLevel } from "@/lib/core/access/access-level";
import { isAtLeast } from "@/lib/core/access/access-level";
import type { KeyAct, KeyManager } from "@/lib/core/access/manage-keys";
import { mayKeyManageKey, mayManageKey, verbNeededFor } from "@/lib/core/access/manage-keys";
import { sameNamespace } from "@/lib/core/access/namespace";
import type { KeyLifetime } from "@/lib/core/keys/effective-end";
import { maximumFor } from "@/lib/core/keys/effective-end";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import { settleKeys } from "@/lib/services/keys/follow-up/write-follow-up";
import { keysMadeByTokensOf } from "@/lib/services/tokens/end-keys-of-tokens";
import type { MemberContext, OrganizationId } from "./context";
import type { ActingContext, KeyContext } from "./key-context";
import { lockLevelInNamespace, namespaceOfKey } from "./level-in-namespace";
import { callerRevoked, holdToken, readCallingKey } from "./lock-calling-key";
import { lockKeyRows } from "./lock-key-rows";
import { lockMembership } from "./lock-membership";

/** A locked key, with the policy that bounds its life. */
export type LockedKey = ApiKeyModel & Pick<KeyLifetime, "maximumLifetimeDays">;

type WritingAct = Exclude<KeyAct, "read">;

const absent = failure("not_found", "There is no such API key.");
const refused = (act: WritingAct) => failure("forbidden", `You may not ${act} this API key.`);

/**
 * Locks a key for the rest of the transaction, if the actor may do this to it now. The same `not_found` covers keys
 * that they may not see, keys of other organizations and deleted keys.
 */
export async function lockKey(
  transaction: Transaction,
  context: ActingContext,
  act: WritingAct,
  keyId: string,
): Promise<Result<LockedKey>> {
  const { actor } = context;
  return actor.kind === "user"
    ? lockForPerson(transaction, context as MemberContext, act, keyId)
    : lockForKey(transaction, { ...context, actor }, act, keyId);
}

/** Locks the calling key and its target in the order of their ids, since two keys may revoke each other. */
async function lockForKey(
  transaction: Transaction,
  context: KeyContext,
  act: WritingAct,
  keyId: string,
): Promise<Result<LockedKey>> {
  const { organization, actor } = context;
  const membership = await lockMembership(transaction, organization.id, actor.creatorId);
  if (membership === null) return callerRevoked;
  // For the organization itself, the membership serves as the grant and is locked already.
  if (actor.namespace.type !== "organization") {
    await lockLevelInNamespace(transaction, organization.id, actor.creatorId, actor.namespace);
  }
  await holdToken(transaction, context);
  await holdKeys(transaction, organization.id, act, [keyId], [actor.keyId]);
  const caller = await readCallingKey(transaction, context);
  if (!caller.ok) return caller;
  const key = await transaction.apiKey.findFirst({
    where: { organizationId: organization.id, id: keyId, deletedAt: null },
  });
  if (key === null || !sameNamespace(namespaceOfKey(key), actor.namespace)) return absent;
  if (!mayKeyManageKey({ ...actor, ...caller.value }, verbNeededFor(act), key)) return refused(act);
  return success({ ...key, maximumLifetimeDays: maximumFor(membership, key.id) });
}

async function lockForPerson(
  transaction: Transaction,
  context: MemberContext,
  act: WritingAct,
  keyId: string,
): Promise<Result<LockedKey>> {
  const locked = await lockKeys(transaction, context, act, [keyId]);
  return locked.ok ? locked.value(keyId) : locked;
}

/**
 * Locks many keys for a person, each by the rules of `lockKey`.
 *
 * @returns each key by its id, or why the person may not do this to it
 */
export async function lockKeys(
  transaction: Transaction,
  { organization, actor }: MemberContext,
  act: WritingAct,
  keyIds: readonly string[],
): Promise<Result<(keyId: string) => Result<LockedKey>>> {
  const organizationId = organization.id;
  const membership = await lockMembership(transaction, organizationId, actor.userId);
  if (membership === null) return absent;
  const manager = { userId: actor.userId, ...membership };
  const ownLevel = await lockOwnLevels(transaction, organizationId, manager, keyIds);
  await holdKeys(transaction, organizationId, act, keyIds);
  // A separate statement after the lock, so that it sees what the previous holder committed.
  const keys = await transaction.apiKey.findMany({
    where: { organizationId, id: { in: [...keyIds] }, deletedAt: null },
  });
  const found = new Map(keys.map((key) => [key.id, key]));
  return success((keyId) => {
    const key = found.get(keyId);
    if (key === undefined || !mayManageKey(manager, "read", key)) return absent;
    if (!mayManageKey(manager, verbNeededFor(act), key, ownLevel(key))) return refused(act);
    return success({ ...key, maximumLifetimeDays: maximumFor(membership, key.id) });
  });
}

/**
 * Locks the keys, in the order of their ids. Unless the keys are only updated, this includes the keys created with
 * their tokens, which end and pause with them. Afterwards the rows contain what is in effect.
 */
async function holdKeys(
  transaction: Transaction,
  organizationId: OrganizationId,
  act: WritingAct,
  keyIds: readonly string[],
  others: readonly string[] = [],
): Promise<void> {
  const held = act === "update" ? keyIds : await keysMadeByTokensOf(transaction, organizationId, keyIds);
  await lockKeyRows(transaction, organizationId, [...held, ...others]);
  await settleKeys(transaction, organizationId, keyIds);
}

/**
 * The manager's level in the namespaces of their own keys; null if it does not matter. Locked before the keys, in the
 * order of the namespaces' ids. A key's namespace and level never change, so they can be read before the lock.
 */
async function lockOwnLevels(
  transaction: Transaction,
  organizationId: OrganizationId,
  manager: KeyManager,
  keyIds: readonly string[],
): Promise<(key: ApiKeyModel) => AccessLevel | null> {
  const own = await transaction.apiKey.findMany({
    where: { organizationId, id: { in: [...keyIds] }, creatorId: manager.userId },
  });
  const above = own.filter((key) => !isAtLeast(manager.level, key.accessLevel)).map(namespaceOfKey);
  const places = [...new Map(above.map((namespace) => [namespace.id, namespace])).values()];
  const levels = new Map<string, AccessLevel | null>();
  for (const place of places.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    levels.set(place.id, await lockLevelInNamespace(transaction, organizationId, manager.userId, place));
  }
  return (key) => (key.creatorId === manager.userId ? (levels.get(namespaceOfKey(key).id) ?? null) : null);
}
