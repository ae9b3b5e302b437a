import type { KeyCreators } from "@/lib/core/access/permission";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "./context";

/**
 * The lowest level that may create keys in an organization, locked until the transaction ends; null if there is no
 * such organization. A separate statement, before any that locks members. In a join, PostgreSQL may lock the member's
 * row first, then deadlock with a change of the organization and a change of its members.
 */
export async function lockKeyCreators(
  transaction: Transaction,
  organizationId: OrganizationId,
): Promise<KeyCreators | null> {
  const [settings] = await transaction.$queryRaw<{ keyCreators: KeyCreators }[]>`
    SELECT key_creators::text AS "keyCreators" FROM organizations WHERE id = ${organizationId}::uuid FOR SHARE`;
  return settings?.keyCreators ?? null;
}
