import type { AccessLevel } from "@/lib/core/access/access-level";
import { accessLevels, isAtLeast } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
import type { RevocationReason } from "@/lib/core/keys/key-status";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { lockKeyRows } from "@/lib/services/access/lock-key-rows";
import type { EndedKeys } from "@/lib/services/keys/follow-up/end-keys";
import { endKeys } from "@/lib/services/keys/follow-up/end-keys";
import type { Ending } from "@/lib/services/keys/revocation";
import { resourceTable } from "@/lib/services/resources/resource-table";

type EndingHere = Ending & { readonly organization: { readonly id: OrganizationId } };

/** The families that act for a user: all of them, those in `resource`, or (null) those in the organization itself. */
type FamiliesOfUser = { readonly userId: string; readonly resource?: Resource | null };

/**
 * Locks the families that act for a user, before a transaction that ends them locks any key: a request with one of
 * their tokens locks the family first as well. The user's membership or grant must be locked, so no family is added.
 */
export async function holdFamiliesOf(
  transaction: Transaction,
  organizationId: OrganizationId,
  families: FamiliesOfUser,
): Promise<void> {
  await lockFamilies(transaction, organizationId, ofUser(families));
}

async function lockFamilies(
  transaction: Transaction,
  organizationId: OrganizationId,
  which: Prisma.Sql,
): Promise<void> {
  await transaction.$queryRaw`
    SELECT count(*) FROM (
      SELECT 1 FROM token_families f
      WHERE f.organization_id = ${organizationId}::uuid AND ${which} ORDER BY f.id FOR UPDATE) locked`;
}

/**
 * Ends the keys created with access tokens of these families, in the transaction that ends the families. The families
 * are locked, so this waits for keys being created with them, and no more can be created afterwards.
 *
 * @param level the user's remaining level: keys above it end; null ends all
 * @param others locked keys that end for the same reason, along with those that their tokens created
 */
export async function endKeysOfFamilies(
  transaction: Transaction,
  context: EndingHere,
  families: FamiliesOfUser | { readonly familyId: string },
  {
    reason,
    level = null,
    others = [],
  }: {
    readonly reason: RevocationReason;
    readonly level?: AccessLevel | null;
    readonly others?: readonly string[];
  },
): Promise<EndedKeys> {
  const which = "familyId" in families ? Prisma.sql`f.id = ${families.familyId}::uuid` : ofUser(families);
  await lockFamilies(transaction, context.organization.id, which);
  const above = accessLevels.filter((each) => level === null || !isAtLeast(level, each));
  const made = await lockMade(transaction, context.organization.id, {
    families: Prisma.sql`(${which} AND k.access_level::text = ANY(${above}) OR f.key_id = ANY(${[...others]}))`,
    without: others,
  });
  return endKeys(transaction, context, [...others, ...made], reason);
}

/**
 * Ends the keys created with access tokens of `keyIds`, in the transaction that ends `keyIds`. Those rows are locked
 * already. Creating a key locks the calling key's row, so no creation is in progress.
 */
export async function endKeysOfTokens(
  transaction: Transaction,
  context: EndingHere,
  keyIds: readonly string[],
  reason: RevocationReason,
): Promise<EndedKeys> {
  const made = await lockMade(transaction, context.organization.id, {
    families: Prisma.sql`f.key_id = ANY(${[...keyIds]})`,
    without: keyIds,
  });
  return endKeys(transaction, context, made, reason);
}

/**
 * Ends the keys created with access tokens of those secrets of `keyId` that end now, while the key itself stays live. A
 * secret whose grace simply runs out ends no keys, since the grace exists to keep everything working.
 */
export async function endKeysOfSecretsEnded(
  transaction: Transaction,
  context: EndingHere,
  keyId: string,
): Promise<EndedKeys> {
  const made = await lockMade(transaction, context.organization.id, {
    families: Prisma.sql`f.key_id = ${keyId} AND EXISTS (
      SELECT 1 FROM api_key_secrets s WHERE s.id = f.secret_id AND s.ends_at = ${context.origin.at})`,
    without: [keyId],
  });
  return endKeys(transaction, context, made, "policy");
}

/** All live keys that end with these, directly or through other keys, so that the caller can lock them all in order. */
export async function keysMadeByTokensOf(
  transaction: Transaction,
  organizationId: OrganizationId,
  keyIds: readonly string[],
): Promise<string[]> {
  return [...(await makersOfMade(transaction, organizationId, keyIds)).keys()];
}

/**
 * Locks these keys and the keys created with their tokens. The rows of `keyIds` are locked already. The next round
 * finds keys that were being created while this waited; when a round finds nothing new, every key that could create one
 * is locked.
 *
 * @returns for each id, the one of `keyIds` with whose tokens it was created
 */
export async function lockKeysMadeByTokensOf(
  transaction: Transaction,
  organizationId: string,
  keyIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const find = () => makersOfMade(transaction, organizationId, keyIds);
  return lockInRounds(transaction, organizationId, find, keyIds);
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

type Made = {
  /** Which token families `f`, and which of the keys `k` created with them. */
  readonly families: Prisma.Sql;
  /** Keys that are locked already and need not be returned. */
  readonly without: readonly string[];
};

/** Locks the live keys that these families created, then the keys that those keys' tokens created, and so on. */
async function lockMade(
  transaction: Transaction,
  organizationId: OrganizationId,
  { families, without }: Made,
): Promise<string[]> {
  const known = new Set(without);
  const find = async () => {
    const found = await transaction.$queryRaw<{ id: string }[]>`
      WITH RECURSIVE made AS (
        SELECT k.id FROM token_families f
          JOIN api_keys k ON k.created_by_family_id = f.id AND k.revoked_at IS NULL
          WHERE f.organization_id = ${organizationId}::uuid AND ${families}
        UNION
        SELECT k.id FROM made
          JOIN token_families f ON f.organization_id = ${organizationId}::uuid AND f.key_id = made.id
          JOIN api_keys k ON k.created_by_family_id = f.id AND k.revoked_at IS NULL
      ) SELECT id FROM made ORDER BY id`;
    return new Map(found.filter(({ id }) => !known.has(id)).map(({ id }) => [id, id]));
  };
  return [...(await lockInRounds(transaction, organizationId, find, [])).keys()];
}

/** Locks what it finds, until a round finds nothing that is not locked yet. */
async function lockInRounds(
  transaction: Transaction,
  organizationId: string,
  find: () => Promise<Map<string, string>>,
  locked: readonly string[],
): Promise<Map<string, string>> {
  for (let held = new Set(locked); ; ) {
    const found = await find();
    if ([...found.keys()].every((each) => held.has(each))) return found;
    held = new Set(found.keys());
    await lockKeyRows(transaction, organizationId, [...held]);
  }
}

function ofUser({ userId, resource }: FamiliesOfUser): Prisma.Sql {
  const own = Prisma.sql`f.user_id = ${userId}::uuid`;
  if (resource === undefined) return own;
  if (resource === null) return Prisma.sql`(${own} AND f.grant_id IS NULL)`;
  return Prisma.sql`f.grant_id = (SELECT g.id FROM grants g
    WHERE g.user_id = ${userId}::uuid AND g.${resourceTable[resource.type].column} = ${resource.id}::uuid)`;
}
