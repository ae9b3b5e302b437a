import { publishedAheadMs, publishedKeys } from "@/lib/core/signing-plan";
import { database, inTransactionApart } from "@/lib/db/client";
import type { SigningKey } from "@/lib/db/generated/client";
import { isUniqueViolation } from "@/lib/db/is-unique-violation";
import { makeSigningKey } from "./make-signing-key";

const attempts = 5;

/** When the new key starts signing, and what happens to the older ones. */
export type Rotation =
  /** After the key has been published for a while. Older keys stay until none of their tokens can be live. */
  | "in time"
  /** Immediately. For the first key, and when the current one cannot be used. */
  | "at once"
  /** Immediately, and everything that the older keys signed becomes invalid. */
  | "compromised";

/**
 * Creates the key that follows those in `seen`. If several nodes rotate at once, the unique generation lets one
 * win. The others use its key, except that a "compromised" rotation tries again to remove the older keys.
 *
 * @param seen the keys that the decision was based on; defaults to the current ones
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
