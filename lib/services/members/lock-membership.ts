import type { AccessLevel } from "@/lib/core/access-level";
import type { KeyCreators } from "@/lib/core/permission";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/context";

export type Membership = { readonly level: AccessLevel; readonly keyCreators: KeyCreators };

/**
 * What a person may do, read and held for the rest of the transaction: a demotion, a removal or a
 * change of the setting waits until it ends, so what was decided by it is still true when it commits.
 * Null for who is no member (any more). Taken before any key's row, so that no two verbs deadlock.
 */
export async function lockMembership(
  transaction: Transaction,
  organizationId: OrganizationId,
  userId: string,
): Promise<Membership | null> {
  // The organization's row first, by a statement of its own: of a join, the database may lock the member's
  // first, and then wait in a circle with who changes the organization and who changes its members.
  const [settings] = await transaction.$queryRaw<Pick<Membership, "keyCreators">[]>`
    SELECT key_creators::text AS "keyCreators" FROM organizations WHERE id = ${organizationId}::uuid FOR SHARE`;
  const [member] = await transaction.$queryRaw<Pick<Membership, "level">[]>`
    SELECT access_level::text AS level FROM members
    WHERE organization_id = ${organizationId}::uuid AND user_id = ${userId}::uuid FOR SHARE`;
  return settings === undefined || member === undefined ? null : { ...settings, ...member };
}
