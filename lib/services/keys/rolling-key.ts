import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import { wasSecretUsed } from "./read/was-secret-used";

/** When the key's previous secret stops working; null if none works any more. */
export async function graceEnd(
  transaction: Transaction,
  { id: keyId, organizationId }: ApiKeyModel,
  now: Date,
): Promise<Date | null> {
  const previous = await transaction.apiKeySecret.findFirst({
    where: { organizationId, keyId, endsAt: { gt: now } },
    select: { endsAt: true },
    orderBy: { endsAt: "desc" },
  });
  return previous?.endsAt ?? null;
}

/** Which of the two live secrets a roll replaces during a grace period. */
type RollDuringGrace = {
  readonly supersede?: boolean | undefined;
  readonly replaceUnused?: boolean | undefined;
};

/**
 * Two secrets are live during a grace period. A roll ends one of them and has to say which. The current secret can be
 * replaced only if it was never used.
 */
export async function refuseDuringGrace(
  transaction: Transaction,
  key: ApiKeyModel,
  graceEndsAt: Date | null,
  { supersede, replaceUnused }: RollDuringGrace,
): Promise<Failure | null> {
  if (replaceUnused) {
    if (graceEndsAt === null) {
      return failure(
        "conflict",
        "No previous secret of this API key works any more, so there is nothing to keep. Roll the key as usual.",
      );
    }
    if (!(await wasSecretUsed(transaction, key))) return null;
    return failure(
      "conflict",
      "The current secret of this API key has been used, so somebody has it. It is not replaced as unused.",
    );
  }
  if (graceEndsAt === null || supersede) return null;
  return failure(
    "roll_in_progress",
    `This API key is being rolled: its previous secret works until ${graceEndsAt.toISOString()}. Say which of the two to replace.`,
    [
      { field: "replaceUnused", message: "Replaces the current secret, if it was never used" },
      { field: "supersede", message: "Ends the previous secret at once" },
    ],
  );
}
