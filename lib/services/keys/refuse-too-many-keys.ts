import {
  expiredCountsSeconds,
  keysOfCreatorMaximum,
  keysOfFamilyMaximum,
} from "@/lib/core/maximums/maximums";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { ActingContext } from "../access/key-context";
import { actsFor } from "../access/key-context";
import type { Membership } from "../access/lock-membership";
import { statusSql } from "./read/status-where";

const usualMaximums = { ofFamily: keysOfFamilyMaximum, ofCreator: keysOfCreatorMaximum };

type Added = {
  readonly membership: Membership;
  /** The token family with which the new keys end, locked by `holdFamily`. */
  readonly familyId: string | null;
  readonly count: number;
};

/**
 * Refuses new keys beyond the limit of their token family or their creator. Call it right before the keys are written:
 * other requests for keys of this creator then wait until the transaction ends, so concurrent ones cannot exceed the
 * limit.
 */
export async function refuseTooManyKeys(
  transaction: Transaction,
  { organization, actor, origin }: ActingContext,
  { membership, familyId, count }: Added,
  { ofFamily, ofCreator } = usualMaximums,
): Promise<Failure | null> {
  const creatorId = actsFor(actor);
  const subject = `keys of creator ${organization.id} ${creatorId}`;
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${subject}, 0))`;
  const since = new Date(origin.at.getTime() - expiredCountsSeconds * 1000);
  const living = statusSql("active", { ...membership, defaultKeyId: null, now: since });
  if (familyId !== null) {
    const ofIt = Prisma.sql`k.created_by_family_id = ${familyId}::uuid AND ${living}`;
    const left = ofFamily - (await countKeys(transaction, ofIt, ofFamily));
    if (left < count) {
      const rule = `The tokens of one exchange can have ${words(ofFamily)} live keys`;
      return tooMany(rule, left, "Revoke some, or exchange the key for tokens again.");
    }
  }
  const theirs = Prisma.sql`k.organization_id = ${organization.id}::uuid AND k.live_creator_id = ${creatorId}::uuid`;
  const left = ofCreator - (await countKeys(transaction, Prisma.sql`${theirs} AND ${living}`, ofCreator));
  if (left >= count) return null;
  const rule = `One creator can have ${words(ofCreator)} live keys in an organization`;
  return tooMany(rule, left, "Revoke some that are no longer needed.");
}

async function countKeys(transaction: Transaction, which: Prisma.Sql, most: number): Promise<number> {
  const [row] = await transaction.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM api_keys k WHERE ${which} LIMIT ${most}) counted`;
  return row?.count ?? 0;
}

function tooMany(rule: string, left: number, then: string): Failure {
  const room = left <= 0 ? "and there are as many" : `and there is room for ${words(left)} more`;
  return failure("conflict", `${rule}, ${room}. ${then}`);
}

function words(count: number): string {
  return count.toLocaleString("en");
}
