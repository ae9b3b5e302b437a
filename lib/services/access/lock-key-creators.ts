import type { KeyCreators } from "@/lib/core/permission";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "./context";

/**
 * Who may create keys in an organization, held until the transaction ends; null when there is none. A
 * statement of its own, before any on members: of a join, the database may lock the member's row first, and
 * then wait in a circle with who changes the organization and who changes its members.
 */
export async function lockKeyCreators(
  transaction: Transaction,
  organizationId: OrganizationId,
): Promise<KeyCreators | null> {
  const [settings] = await transaction.$queryRaw<{ keyCreators: KeyCreators }[]>`
    SELECT key_creators::text AS "keyCreators" FROM organizations WHERE id = ${organizationId}::uuid FOR SHARE`;
  return settings?.keyCreators ?? null;
}
