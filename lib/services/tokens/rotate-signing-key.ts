import { publishedAheadMs, publishedKeys } from "@/lib/core/signing-plan";
import { database, inTransactionApart } from "@/lib/db/client";
import type { SigningKey } from "@/lib/db/generated/client";
import { isUniqueViolation } from "@/lib/db/is-unique-violation";
import { makeSigningKey } from "./make-signing-key";

const attempts = 5;

/** When the new key signs, and what becomes of the older ones. */
export type Rotation =
  /** After it was published for a while; the older ones end when no token of theirs can live. */
  | "in time"
  /** From now on. For the first key, and when the one whose turn it is cannot be used. */
  | "at once"
  /** From now on, and whatever an older one has signed is worth nothing any more. */
  | "compromised";

/**
 * Makes the key that follows those that were seen. Of nodes that do so at once one wins, by the number of the
 * generation; to the others its key is as good as their own, unless they have to end the older ones.
 *
 * @param seen the keys on which it was decided; those of this moment when left out
 */
export async function rotateSigningKey(
  rotation: Rotation,
  now: Date,
  seen?: readonly Omit<SigningKey, "sealedPrivateKey">[],
): Promise<void> {
  const made = await makeSigningKey();
  for (let attempt = 1; ; attempt++) {
    const keys = seen ?? (await database().signingKey.findMany());
    const generation = Math.max(0, ...keys.map((key) => key.generation)) + 1;
    const signsFrom = rotation === "in time" ? new Date(now.getTime() + publishedAheadMs) : now;
    const kept = rotation === "compromised" ? [] : publishedKeys(keys, now).map((key) => key.id);
    try {
      return await inTransactionApart(async (transaction) => {
        await transaction.signingKey.create({ data: { ...made, generation, createdAt: now, signsFrom } });
        await transaction.signingKey.deleteMany({
          where: { generation: { lt: generation }, id: { notIn: kept } },
        });
      });
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === attempts) throw error;
      if (rotation !== "compromised") return;
    }
  }
}
