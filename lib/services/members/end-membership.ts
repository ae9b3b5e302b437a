import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { endInvitationsOf } from "@/lib/services/invitations/end-invitations-of";
import type { Ending } from "@/lib/services/keys/revocation";
import { revocation, revocationFacts } from "@/lib/services/keys/revocation";
import { endKeysOfFamilies, endKeysOfTokens } from "@/lib/services/tokens/end-keys-of-tokens";

type EndedMembership = { readonly keysEnded: readonly AuditFacts[]; readonly invitationsEnded: number };

/**
 * Ends a membership whose row is locked already, with all that depends on it: keys, grants, tokens, open invitations
 * and links. Transfer any keys that others should get before calling it.
 *
 * @param context the organization, and who ends the membership
 */
export async function endMembership(
  transaction: Transaction,
  context: Ending & { readonly organization: { readonly id: OrganizationId } },
  userId: string,
): Promise<EndedMembership> {
  const organizationId = context.organization.id;
  const theirs = { organizationId, liveCreatorId: userId };
  await transaction.$queryRaw`
    SELECT 1 FROM api_keys
    WHERE organization_id = ${organizationId}::uuid AND live_creator_id = ${userId}::uuid
    ORDER BY id FOR UPDATE`;
  // Includes expired keys: the database refuses to delete a member while any of their keys is unrevoked.
  const keys = await transaction.apiKey.findMany({
    where: theirs,
    select: { id: true, name: true },
    orderBy: { id: "asc" },
  });
  await transaction.apiKey.updateMany({ where: theirs, data: revocation(context, "creator_removed") });
  const byTokens = await endKeysOfFamilies(transaction, context, { userId }, { reason: "creator_removed" });
  const byOwnTokens = await endKeysOfTokens(
    transaction,
    context,
    keys.map(({ id }) => id),
    "creator_removed",
  );
  const invitationsEnded = await endInvitationsOf(transaction, organizationId, userId, [], context.origin.at);
  await transaction.member.delete({
    where: { organizationId_userId: { organizationId, userId } },
    select: { userId: true },
  });
  const revoked = keys.map((key) => revocationFacts(key, "creator_removed"));
  return { keysEnded: [...revoked, ...byTokens, ...byOwnTokens], invitationsEnded };
}
