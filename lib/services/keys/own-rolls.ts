import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { ActingContext } from "@/lib/services/access/key-context";
import { refuseTooMany } from "@/lib/services/throttle/refuse-too-many";
import type { Throttle } from "@/lib/services/throttle/throttle";

/** Ended secrets are kept for days, to be recognized when they are reported. */
const ownRolls: Throttle = { name: "own-roll:key", attempts: 60, windowMs: 60 * 60 * 1000 };

type OwnRoll = {
  /** The secret with which the key rolls itself; null if somebody else rolls it. */
  readonly withId: string | null;
  /** Should its people be told? A thief who has found the secret would lock its program out like this. */
  readonly isToTell: boolean;
};

/** Whether a key rolls itself, and whether for the first time. */
export async function admitOwnRoll(
  transaction: Transaction,
  { actor, origin }: ActingContext,
  { id: keyId, organizationId }: ApiKeyModel,
): Promise<Result<OwnRoll>> {
  if (actor.kind === "user" || actor.keyId !== keyId) return success({ withId: null, isToTell: false });
  const tooMany = await refuseTooMany(
    ownRolls,
    keyId,
    origin.at,
    "This key rolled itself too often.",
    transaction,
  );
  if (tooMany !== null) return tooMany;
  // With any grace: a second roll, or the end of the grace, can follow at once.
  const where = { organizationId, keyId, rolledWithId: { not: null } };
  const isFirst = (await transaction.apiKeySecret.findFirst({ where })) === null;
  return success({ withId: actor.secretId, isToTell: isFirst });
}

/**
 * The secrets that work now and came from one of these by rolls of the keys themselves: whoever had that one may have
 * made them.
 */
export async function heirsOf(
  transaction: Transaction,
  organizationId: string,
  keyIds: readonly string[],
  secretIds: readonly string[],
  at: Date,
): Promise<string[]> {
  const heirs = await transaction.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE line AS (
      SELECT s.id, s.rolled_with_id AS before FROM api_key_secrets s
      WHERE s.organization_id = ${organizationId}::uuid AND s.key_id = ANY(${[...keyIds]})
        AND (s.ends_at IS NULL OR s.ends_at > ${at}::timestamptz)
      UNION ALL
      SELECT l.id, s.rolled_with_id FROM line l JOIN api_key_secrets s ON s.id = l.before)
    SELECT DISTINCT id::text AS id FROM line WHERE before = ANY(${[...secretIds]}::uuid[])`;
  return heirs.map(({ id }) => id);
}
