import type { AccessLevel } from "@/lib/core/access-level";
import { isAtLeast } from "@/lib/core/access-level";
import type { KeyManager, KeyVerb } from "@/lib/core/manage-keys";
import { mayKeyManageKey, mayManageKey } from "@/lib/core/manage-keys";
import { sameNamespace } from "@/lib/core/namespace";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import { keysMadeByTokensOf } from "@/lib/services/tokens/end-keys-of-families";
import type { MemberContext, OrganizationId } from "./context";
import type { ActingContext, KeyContext } from "./key-context";
import { lockLevelInNamespace, namespaceOfKey } from "./level-in-namespace";
import { callerRevoked, readCallingKey } from "./lock-calling-key";
import { lockMembership } from "./lock-membership";

type WritingVerb = Exclude<KeyVerb, "create" | "read">;

const absent = failure("not_found", "There is no such API key.");
const refused = (verb: WritingVerb) => failure("forbidden", `You may not ${verb} this API key.`);

/**
 * The key, locked for the rest of the transaction, when who asks may do this to it now. A key they may not
 * even see, one of another organization and a deleted one are the same answer.
 */
export async function lockKey(
  transaction: Transaction,
  context: ActingContext,
  verb: WritingVerb,
  keyId: string,
): Promise<Result<ApiKeyModel>> {
  const { actor } = context;
  return actor.kind === "user"
    ? lockForPerson(transaction, context as MemberContext, verb, keyId)
    : lockForKey(transaction, { ...context, actor }, verb, keyId);
}

/** Who asks and what is asked for are locked in the order of their ids: two keys can revoke each other. */
async function lockForKey(
  transaction: Transaction,
  context: KeyContext,
  verb: WritingVerb,
  keyId: string,
): Promise<Result<ApiKeyModel>> {
  const { organization, actor } = context;
  const membership = await lockMembership(transaction, organization.id, actor.creatorId);
  if (membership === null) return callerRevoked;
  // In the organization's own namespace the membership is the grant.
  if (actor.namespace.type !== "organization") {
    await lockLevelInNamespace(transaction, organization.id, actor.creatorId, actor.namespace);
  }
  await holdKeys(transaction, organization.id, verb, keyId, [actor.keyId]);
  const caller = await readCallingKey(transaction, context);
  if (!caller.ok) return caller;
  const key = await transaction.apiKey.findFirst({
    where: { organizationId: organization.id, id: keyId, deletedAt: null },
  });
  if (key === null || !sameNamespace(namespaceOfKey(key), actor.namespace)) return absent;
  if (!mayKeyManageKey({ ...actor, ...caller.value }, verb, key)) return refused(verb);
  return success(key);
}

async function lockForPerson(
  transaction: Transaction,
  { organization, actor }: MemberContext,
  verb: WritingVerb,
  keyId: string,
): Promise<Result<ApiKeyModel>> {
  const membership = await lockMembership(transaction, organization.id, actor.userId);
  if (membership === null) return absent;
  const manager = { userId: actor.userId, ...membership };
  const levelThere = await ownLevelThere(transaction, organization.id, manager, keyId);
  await holdKeys(transaction, organization.id, verb, keyId);
  // Read after the lock, by a statement of its own: it sees what the one before us committed.
  const key = await transaction.apiKey.findFirst({
    where: { organizationId: organization.id, id: keyId, deletedAt: null },
  });
  if (key === null || !mayManageKey(manager, "read", key)) return absent;
  return mayManageKey(manager, verb, key, levelThere) ? success(key) : refused(verb);
}

/** With a key or a secret end the keys that its tokens made: they are locked with it, in the order of their ids. */
async function holdKeys(
  transaction: Transaction,
  organizationId: OrganizationId,
  verb: WritingVerb,
  keyId: string,
  others: readonly string[] = [],
): Promise<void> {
  const ending = verb === "update" ? [keyId] : await keysMadeByTokensOf(transaction, organizationId, [keyId]);
  const ids = [...ending, ...others];
  await transaction.$queryRaw`
    SELECT 1 FROM api_keys WHERE organization_id = ${organizationId}::uuid AND id = ANY(${ids})
    ORDER BY id FOR UPDATE`;
}

/**
 * What the manager has in the namespace of a key of their own; asked, and locked before the key, only
 * where it decides. A key's namespace and level never change, so they can be read before the lock.
 */
async function ownLevelThere(
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
