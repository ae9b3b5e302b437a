import type { AccessLevel } from "@/lib/core/access-level";
import { accessLevels, isAtLeast } from "@/lib/core/access-level";
import type { RevocationReason } from "@/lib/core/key-status";
import type { Resource } from "@/lib/core/resource";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import type { OrganizationId } from "@/lib/services/context";
import type { Ending } from "@/lib/services/keys/revocation";
import { revocation, revocationFacts } from "@/lib/services/keys/revocation";
import { resourceTable } from "@/lib/services/resources/resource-table";

/** The families that act for a user: all, those in this resource, or with null those in the organization itself. */
type FamiliesOfUser = { readonly userId: string; readonly resource?: Resource | null };

/**
 * Ends the keys that were made with the access tokens of these families, in the transaction that ends the families
 * themselves. The families are held: a key that is being made with one is waited for, and none is made after.
 *
 * @param level what is left to the user: keys above it end; null ends all
 * @returns what the audit log tells
 */
export async function endKeysOfFamilies(
  transaction: Transaction,
  context: Ending & { readonly organization: { readonly id: OrganizationId } },
  families: FamiliesOfUser | { readonly familyId: string },
  { reason, level = null }: { readonly reason: RevocationReason; readonly level?: AccessLevel | null },
): Promise<readonly AuditFacts[]> {
  const organizationId = context.organization.id;
  const which = "familyId" in families ? Prisma.sql`f.id = ${families.familyId}::uuid` : ofUser(families);
  const held = await transaction.$queryRaw<{ id: string }[]>`
    SELECT f.id::text AS id FROM token_families f
    WHERE f.organization_id = ${organizationId}::uuid AND ${which} ORDER BY f.id FOR UPDATE`;
  if (held.length === 0) return [];
  const ended = await transaction.apiKey.findMany({
    where: {
      organizationId,
      revokedAt: null,
      createdByFamilyId: { in: held.map(({ id }) => id) },
      ...(level === null
        ? {}
        : { accessLevel: { in: accessLevels.filter((each) => !isAtLeast(level, each)) } }),
    },
    select: { id: true, name: true },
    orderBy: { id: "asc" },
  });
  if (ended.length === 0) return [];
  await transaction.apiKey.updateMany({
    where: { organizationId, revokedAt: null, id: { in: ended.map(({ id }) => id) } },
    data: revocation(context, reason),
  });
  return ended.map((key) => revocationFacts(key, reason));
}

function ofUser({ userId, resource }: FamiliesOfUser): Prisma.Sql {
  const own = Prisma.sql`f.user_id = ${userId}::uuid`;
  if (resource === undefined) return own;
  if (resource === null) return Prisma.sql`${own} AND f.grant_id IS NULL`;
  return Prisma.sql`f.grant_id = (SELECT g.id FROM grants g
    WHERE g.user_id = ${userId}::uuid AND g.${resourceTable[resource.type].column} = ${resource.id}::uuid)`;
}
