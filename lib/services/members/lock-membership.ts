import type { AccessLevel } from "@/lib/core/access-level";
import type { KeyCreators } from "@/lib/core/permission";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/context";
import { lockKeyCreators } from "./lock-key-creators";

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
  const keyCreators = await lockKeyCreators(transaction, organizationId);
  const [member] = await transaction.$queryRaw<Pick<Membership, "level">[]>`
    SELECT access_level::text AS level FROM members
    WHERE organization_id = ${organizationId}::uuid AND user_id = ${userId}::uuid FOR SHARE`;
  return keyCreators === null || member === undefined ? null : { keyCreators, ...member };
}
