import type { AccessLevel } from "@/lib/core/access/access-level";
import { accessLevels, isAtLeast } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
import type { RevocationReason } from "@/lib/core/keys/key-status";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { lockKeyRows } from "@/lib/services/access/lock-key-rows";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import type { Ending } from "@/lib/services/keys/revocation";
import { revocation, revocationFacts } from "@/lib/services/keys/revocation";
import { resourceTable } from "@/lib/services/resources/resource-table";

type EndingHere = Ending & { readonly organization: { readonly id: OrganizationId } };

/** The families that act for a user: all of them, those in `resource`, or (null) those in the organization itself. */
type FamiliesOfUser = { readonly userId: string; readonly resource?: Resource | null };

/**
 * Ends the keys made with access tokens of these families, in the transaction that ends the families. The families
 * are locked: this waits for keys being created with them, and no more can be created afterwards.
 *
 * @param level the user's remaining level: keys above it end; null ends all
 * @returns the audit entries to record
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
 * Ends the keys made with access tokens of `keyIds`, in the transaction that ends `keyIds`. Those rows are locked
 * already. Creating a key locks the calling key's row, so no creation is in progress.
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
 * Ends the keys made with access tokens of those secrets of `keyId` that end now, while the key itself stays live. A
 * secret whose grace simply runs out ends no keys: the grace exists to keep everything working.
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

/** All live keys that end with these, directly or through other keys, so the caller can lock them in one order. */
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
 * Locks them, and the keys themselves, whose rows are locked already. A key that was being created while this waited is
 * found by the next round; after a round that finds nothing new, every key that could create one is locked.
 *
 * @returns for each id, that of one of `keyIds` with whose tokens it was made
 */
export async function lockKeysMadeByTokensOf(
  transaction: Transaction,
  organizationId: string,
  keyIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  for (let held = new Set(keyIds); ; ) {
    const made = await makersOfMade(transaction, organizationId, keyIds);
    if ([...made.keys()].every((each) => held.has(each))) return made;
    held = new Set(made.keys());
    await lockKeyRows(transaction, organizationId, [...held]);
  }
}

async function makersOfMade(
  transaction: Transaction,
  organizationId: string,
  keyIds: readonly string[],
): Promise<Map<string, string>> {
  const made = await transaction.$queryRaw<{ id: string; maker: string }[]>`
    WITH RECURSIVE made AS (
      SELECT id, id AS maker FROM api_keys
        WHERE organization_id = ${organizationId}::uuid AND id = ANY(${[...keyIds]})
      UNION
      SELECT k.id, made.maker FROM made
        JOIN token_families f ON f.organization_id = ${organizationId}::uuid AND f.key_id = made.id
        JOIN api_keys k ON k.created_by_family_id = f.id AND k.revoked_at IS NULL
    ) SELECT id, maker FROM made ORDER BY id, maker`;
  return new Map(made.map(({ id, maker }) => [id, maker]));
}

/**
 * Ends the keys these families made, then the keys those keys made, and so on. Each round finds keys created while
 * the previous round waited for locks. When a round finds nothing, every key that could create one is locked.
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
