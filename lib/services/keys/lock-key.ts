import type { AccessLevel } from "@/lib/core/access-level";
import { isAtLeast } from "@/lib/core/access-level";
import type { KeyManager, KeyVerb } from "@/lib/core/manage-keys";
import { mayManageKey } from "@/lib/core/manage-keys";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { MemberContext, OrganizationId } from "@/lib/services/context";
import { lockLevelInNamespace } from "@/lib/services/members/level-in-namespace";
import { lockMembership } from "@/lib/services/members/lock-membership";

/**
 * The key, locked for the rest of the transaction, when this person may do this to it now. A key they
 * may not even see, one of another organization and a deleted one are the same answer.
 */
export async function lockKey(
  transaction: Transaction,
  { organization, actor }: MemberContext,
  verb: Exclude<KeyVerb, "create" | "read">,
  keyId: string,
): Promise<Result<ApiKeyModel>> {
  const absent = failure("not_found", "There is no such API key.");
  const membership = await lockMembership(transaction, organization.id, actor.userId);
  if (membership === null) return absent;
  const manager = { userId: actor.userId, ...membership };
  const levelThere = await ownLevelThere(transaction, organization.id, manager, keyId);
  await transaction.$queryRaw`
    SELECT 1 FROM api_keys WHERE organization_id = ${organization.id}::uuid AND id = ${keyId} FOR UPDATE`;
  // Read after the lock, by a statement of its own: it sees what the one before us committed.
  const key = await transaction.apiKey.findFirst({
    where: { organizationId: organization.id, id: keyId, deletedAt: null },
  });
  if (key === null || !mayManageKey(manager, "read", key)) return absent;
  if (!mayManageKey(manager, verb, key, levelThere)) {
    return failure("forbidden", `You may not ${verb} this API key.`);
  }
  return success(key);
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
  const id = key.applicationId ?? key.workspaceId ?? key.userGroupId ?? organizationId;
  return lockLevelInNamespace(transaction, organizationId, manager.userId, { type: key.namespaceType, id });
}
