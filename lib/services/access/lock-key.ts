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
import { keysMadeByTokensOf } from "@/lib/services/tokens/end-keys-of-tokens";
import type { MemberContext, OrganizationId } from "./context";
import type { ActingContext, KeyContext } from "./key-context";
import { lockLevelInNamespace, namespaceOfKey } from "./level-in-namespace";
import { callerRevoked, readCallingKey } from "./lock-calling-key";
import { lockKeyRows } from "./lock-key-rows";
import { lockMembership } from "./lock-membership";

/** A locked key, with the policy that bounds its life. */
export type LockedKey = ApiKeyModel & Pick<KeyLifetime, "maximumLifetimeDays">;

type WritingAct = Exclude<KeyAct, "read">;

const absent = failure("not_found", "There is no such API key.");
const refused = (act: WritingAct) => failure("forbidden", `You may not ${act} this API key.`);

/**
 * Locks a key for the rest of the transaction, if the actor may do this to it now. Answers the same `not_found` if
 * they may not see it, if it belongs to another organization, and if it is deleted.
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

/** Locks the calling key and its target in the order of their ids: two keys can revoke each other. */
async function lockForKey(
  transaction: Transaction,
  context: KeyContext,
  act: WritingAct,
  keyId: string,
): Promise<Result<LockedKey>> {
  const { organization, actor } = context;
  const membership = await lockMembership(transaction, organization.id, actor.creatorId);
  if (membership === null) return callerRevoked;
  // In the organization's own namespace the membership is the grant, and it is locked already.
  if (actor.namespace.type !== "organization") {
    await lockLevelInNamespace(transaction, organization.id, actor.creatorId, actor.namespace);
  }
  await holdKeys(transaction, organization.id, act, keyId, [actor.keyId]);
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
  { organization, actor }: MemberContext,
  act: WritingAct,
  keyId: string,
): Promise<Result<LockedKey>> {
  const membership = await lockMembership(transaction, organization.id, actor.userId);
  if (membership === null) return absent;
  const manager = { userId: actor.userId, ...membership };
  const ownLevel = await lockOwnLevel(transaction, organization.id, manager, keyId);
  await holdKeys(transaction, organization.id, act, keyId);
  // A separate statement after the lock: it sees what the previous holder of the lock committed.
  const key = await transaction.apiKey.findFirst({
    where: { organizationId: organization.id, id: keyId, deletedAt: null },
  });
  if (key === null || !mayManageKey(manager, "read", key)) return absent;
  if (!mayManageKey(manager, verbNeededFor(act), key, ownLevel)) return refused(act);
  return success({ ...key, maximumLifetimeDays: maximumFor(membership, key.id) });
}

/**
 * Locks the key and, unless it is only being updated, the keys that its tokens created, which end and pause with it.
 * Locks them all in the order of their ids.
 */
async function holdKeys(
  transaction: Transaction,
  organizationId: OrganizationId,
  act: WritingAct,
  keyId: string,
  others: readonly string[] = [],
): Promise<void> {
  const held = act === "update" ? [keyId] : await keysMadeByTokensOf(transaction, organizationId, [keyId]);
  await lockKeyRows(transaction, organizationId, [...held, ...others]);
}

/**
 * The manager's level in the namespace of their own key; null if it does not matter. Locked before the key. A key's
 * namespace and level never change, so they can be read before the lock.
 */
async function lockOwnLevel(
  transaction: Transaction,
  organizationId: OrganizationId,
  manager: KeyManager,
  keyId: string,
): Promise<AccessLevel | null> {
  const key = await transaction.apiKey.findFirst({
    where: { organizationId, id: keyId, creatorId: manager.userId },
  });
  if (key === null || isAtLeast(manager.level, key.accessLevel)) return null;
  return lockLevelInNamespace(transaction, organizationId, manager.userId, namespaceOfKey(key));
}
