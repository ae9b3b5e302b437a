import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { endInvitationsOf } from "@/lib/services/invitations/end-invitations-of";
import type { EndedKeys } from "@/lib/services/keys/follow-up/end-keys";
import type { Ending } from "@/lib/services/keys/revocation";
import { endKeysOfFamilies, holdFamiliesOf } from "@/lib/services/tokens/end-keys-of-tokens";
import { lockKeysOf } from "./lock-keys-of";

type EndedMembership = { readonly keysEnded: EndedKeys; readonly invitationsEnded: number };

/**
 * Ends a membership whose row is locked already, with everything that depends on it: keys, grants, tokens, open
 * invitations and links. Transfer keys that others should get before calling it.
 *
 * @param context the organization, and who ends the membership
 */
export async function endMembership(
  transaction: Transaction,
  context: Ending & { readonly organization: { readonly id: OrganizationId } },
  userId: string,
): Promise<EndedMembership> {
  const organizationId = context.organization.id;
  await holdFamiliesOf(transaction, organizationId, { userId });
  await lockKeysOf(transaction, organizationId, userId);
  // Includes expired keys: the database refuses to delete a member while any of their keys is unrevoked.
  const keys = await transaction.apiKey.findMany({
    where: { organizationId, creatorId: userId, liveCreatorId: userId },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  const keysEnded = await endKeysOfFamilies(
    transaction,
    context,
    { userId },
    { reason: "creator_removed", others: keys.map(({ id }) => id) },
  );
  const invitationsEnded = await endInvitationsOf(transaction, organizationId, userId, [], context.origin.at);
  await transaction.member.delete({
    where: { organizationId_userId: { organizationId, userId } },
    select: { userId: true },
  });
  return { keysEnded, invitationsEnded };
}
