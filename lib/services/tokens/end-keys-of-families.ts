import type { AccessLevel } from "@/lib/core/access-level";
import { accessLevels, isAtLeast } from "@/lib/core/access-level";
import type { RevocationReason } from "@/lib/core/key-status";
import type { Resource } from "@/lib/core/resource";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import type { Ending } from "@/lib/services/keys/revocation";
import { revocation, revocationFacts } from "@/lib/services/keys/revocation";
import { resourceTable } from "@/lib/services/resources/resource-table";

type EndingHere = Ending & { readonly organization: { readonly id: OrganizationId } };

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
  context: EndingHere,
  families: FamiliesOfUser | { readonly familyId: string },
  { reason, level = null }: { readonly reason: RevocationReason; readonly level?: AccessLevel | null },
): Promise<readonly AuditFacts[]> {
  const which = "familyId" in families ? Prisma.sql`f.id = ${families.familyId}::uuid` : ofUser(families);
  const held = await transaction.$queryRaw<{ id: string }[]>`
    SELECT f.id::text AS id FROM token_families f
    WHERE f.organization_id = ${context.organization.id}::uuid AND ${which} ORDER BY f.id FOR UPDATE`;
  return endMade(transaction, context, idsOf(held), reason, level);
}

/**
 * Ends the keys that were made with the access tokens of keys that end, in the transaction that ends those. Their
 * rows are held already: whoever makes a key holds the row of the one that asks, so nothing is under way.
 */
export async function endKeysOfTokens(
  transaction: Transaction,
  context: EndingHere,
  keyIds: readonly string[],
  reason: RevocationReason,
): Promise<readonly AuditFacts[]> {
  const families = await familiesOf(transaction, context, keyIds);
  return endMade(transaction, context, families, reason, null);
}

/**
 * The same when secrets of one key end at this moment and the key lives on. A secret whose grace runs out by
 * itself takes no keys along: the grace is there so that everything goes on.
 */
export async function endKeysOfSecretsEnded(
  transaction: Transaction,
  context: EndingHere,
  keyId: string,
): Promise<readonly AuditFacts[]> {
  const families = await transaction.$queryRaw<{ id: string }[]>`
    SELECT f.id::text AS id FROM token_families f JOIN api_key_secrets s ON s.id = f.secret_id
    WHERE f.organization_id = ${context.organization.id}::uuid AND f.key_id = ${keyId}
      AND s.ends_at = ${context.origin.at}`;
  return endMade(transaction, context, idsOf(families), "policy", null);
}

/** All live keys that end with these, through any number of tokens, so that they can be locked in one order. */
export async function keysMadeByTokensOf(
  transaction: Transaction,
  organizationId: OrganizationId,
  keyIds: readonly string[],
): Promise<string[]> {
  const made = await transaction.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE made AS (
      SELECT id FROM api_keys WHERE organization_id = ${organizationId}::uuid AND id = ANY(${[...keyIds]})
      UNION
      SELECT k.id FROM made
        JOIN token_families f ON f.organization_id = ${organizationId}::uuid AND f.key_id = made.id
        JOIN api_keys k ON k.created_by_family_id = f.id AND k.revoked_at IS NULL
    ) SELECT id FROM made`;
  return idsOf(made);
}

/**
 * A key that ends here takes along what its own tokens made. Each round finds what was being made while the
 * one before waited for its maker; when nothing is found, all makers are held.
 */
async function endMade(
  transaction: Transaction,
  context: EndingHere,
  families: readonly string[],
  reason: RevocationReason,
  level: AccessLevel | null,
): Promise<readonly AuditFacts[]> {
  const organizationId = context.organization.id;
  const above = accessLevels.filter((each) => level === null || !isAtLeast(level, each));
  const facts: AuditFacts[] = [];
  const ofEnded: string[] = [];
  while (families.length + ofEnded.length > 0) {
    const found = await transaction.$queryRaw<{ id: string; name: string }[]>`
      SELECT id, name FROM api_keys
      WHERE organization_id = ${organizationId}::uuid AND revoked_at IS NULL
        AND created_by_family_id = ANY(${[...families, ...ofEnded]}::uuid[])
        AND (access_level::text = ANY(${above}) OR created_by_family_id = ANY(${ofEnded}::uuid[]))
      ORDER BY id FOR UPDATE`;
    if (found.length === 0) break;
    await transaction.apiKey.updateMany({
      where: { organizationId, revokedAt: null, id: { in: idsOf(found) } },
      data: revocation(context, reason),
    });
    facts.push(...found.map((key) => revocationFacts(key, reason)));
    ofEnded.push(...(await familiesOf(transaction, context, idsOf(found))));
  }
  return facts;
}

async function familiesOf(
  transaction: Transaction,
  { organization }: EndingHere,
  keyIds: readonly string[],
): Promise<string[]> {
  const where = { organizationId: organization.id, keyId: { in: [...keyIds] } };
  return idsOf(await transaction.tokenFamily.findMany({ where, select: { id: true } }));
}

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

function ofUser({ userId, resource }: FamiliesOfUser): Prisma.Sql {
  const own = Prisma.sql`f.user_id = ${userId}::uuid`;
  if (resource === undefined) return own;
  if (resource === null) return Prisma.sql`${own} AND f.grant_id IS NULL`;
  return Prisma.sql`f.grant_id = (SELECT g.id FROM grants g
    WHERE g.user_id = ${userId}::uuid AND g.${resourceTable[resource.type].column} = ${resource.id}::uuid)`;
}
