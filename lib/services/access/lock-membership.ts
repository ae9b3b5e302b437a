import type { AccessLevel } from "@/lib/core/access-level";
import type { KeyCreators } from "@/lib/core/permission";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "./context";

export type Membership = { readonly level: AccessLevel; readonly keyCreators: KeyCreators };

/**
 * What a person may do, read and held for the rest of the transaction: a demotion, a removal or a
 * change of the setting waits until it ends, so what was decided by it is still true when it commits.
 * Null for who is no member (any more). Taken before any key's row, so that no two verbs deadlock.
 *
 * One statement, and no join: the organization's row is locked where it is read, and a member's row is looked for
 * only when there is one (see lock-key-creators). Locked rows are the newest there are, whenever the statement began.
 */
export async function lockMembership(
  transaction: Transaction,
  organizationId: OrganizationId,
  userId: string,
): Promise<Membership | null> {
  const [membership] = await transaction.$queryRaw<Membership[]>`
    WITH settings AS MATERIALIZED (
      SELECT id, key_creators FROM organizations WHERE id = ${organizationId}::uuid FOR SHARE
    )
    SELECT m.access_level::text AS level, settings.key_creators::text AS "keyCreators"
    FROM settings JOIN members m ON m.organization_id = settings.id
    WHERE m.user_id = ${userId}::uuid FOR SHARE OF m`;
  return membership ?? null;
}
