import { defaultGraceSeconds } from "@/lib/core/keys/roll-plan";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { ActingContext } from "@/lib/services/access/key-context";
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

/** Which of the two live secrets a roll during a grace period replaces. */
type RollDuringGrace = {
  readonly supersede?: boolean | undefined;
  readonly replaceUnused?: boolean | undefined;
};

/**
 * Two secrets are live during a grace period. A roll ends one of them and must say which. The current secret can be
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
      "The current secret of this API key has been used, so somebody has it. It cannot be replaced as unused.",
    );
  }
  if (graceEndsAt === null || supersede) return null;
  return failure(
    "roll_in_progress",
    `This API key is being rolled: its previous secret works until ${graceEndsAt.toISOString()}. Choose which of the two to replace.`,
    [
      { field: "replaceUnused", message: "Replaces the current secret, if it was never used" },
      { field: "supersede", message: "Ends the previous secret at once" },
    ],
  );
}

/** Refuses a silence as long as the grace, which could never end it early. */
export function refuseLongSilence({
  silentHours,
  graceSeconds = defaultGraceSeconds,
}: {
  readonly silentHours?: number | undefined;
  readonly graceSeconds?: number | undefined;
}): Failure | null {
  if (silentHours === undefined || silentHours * 3600 < graceSeconds) return null;
  const message = "Choose fewer hours than the grace period has";
  return failure("invalid_request", `${message}.`, [{ field: "silentHours", message }]);
}

const repeatedWithinMs = 60_000;

/**
 * For a roll that names no version. If the same caller rolled this key within the last minute, this is most likely a
 * retry after a lost response. A second roll would end the secret that the first one kept alive.
 */
export async function refuseRepeatedRoll(
  transaction: Transaction,
  { actor, organization, origin }: ActingContext,
  { id, version }: ApiKeyModel,
): Promise<Failure | null> {
  const rolled = await transaction.auditEntry.findFirst({
    where: {
      organizationId: organization.id,
      targetId: id,
      action: "key.rolled",
      at: { gt: new Date(origin.at.getTime() - repeatedWithinMs) },
      ...(actor.kind === "user" ? { actorUserId: actor.userId } : { actorKeyId: actor.keyId }),
    },
    select: { at: true },
    orderBy: { sequence: "desc" },
  });
  if (rolled === null) return null;
  const seconds = Math.max(0, Math.round((origin.at.getTime() - rolled.at.getTime()) / 1000));
  return failure(
    "conflict",
    `You rolled this API key ${seconds === 0 ? "just now" : `${seconds} s ago`}, so this looks like the same request sent again. ` +
      `Its version is ${version} now; send it to roll the key once more.`,
    [{ field: "version", message: `The version is ${version} now` }],
  );
}
