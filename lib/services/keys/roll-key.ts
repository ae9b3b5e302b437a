import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { planRoll } from "@/lib/core/roll-plan";
import type { Transaction } from "@/lib/db/client";
import { database, inTransaction } from "@/lib/db/client";
import type { RollKeyInput } from "@/lib/schemas/key";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { OrganizationId } from "@/lib/services/context";
import type { ActingContext } from "@/lib/services/key-context";
import { requirePassword } from "@/lib/services/sessions/require-password";
import { buildToken } from "@/lib/token/format";
import { insertSecret } from "./insert-key";
import type { RevealedKey } from "./key-view";
import { lockKey } from "./lock-key";

/**
 * How many versions of a secret are kept, so that who still presents one is told that it was rolled
 * out. Older ones are unknown; without a bound a key rolled daily would cost more at each check.
 */
const versionsKept = 10;

type RollKeyWithVersion = Omit<RollKeyInput, "secretVersion"> & {
  /** Null: whichever there is when this is asked for. */
  readonly secretVersion: number | null;
};

/**
 * Gives a key a new secret; the current one works on for the grace period, an older one still in grace
 * ends at once. The input names the version that the person saw: of two simultaneous rolls, or the two
 * halves of a double click, one wins and the other is a conflict. [J7, L3]
 */
export async function rollKey(
  context: ActingContext,
  input: RollKeyWithVersion,
): Promise<Result<RevealedKey>> {
  const refusal = requirePassword(context);
  if (refusal !== null) return refusal;
  const secretVersion = input.secretVersion ?? (await versionNow(context, input.keyId));
  const { organization, origin } = context;
  const now = origin.at;

  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "roll", input.keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    if (key.secretVersion !== secretVersion) {
      return failure(
        "conflict",
        "This API key was rolled a moment ago. Look at it again before you roll it once more.",
      );
    }
    const plan = planRoll({ ...key, graceEndsAt: null }, input.graceSeconds, now);
    if (!plan.ok) return failure("conflict", `This API key is ${plan.because} and cannot be rolled.`);

    const version = key.secretVersion + 1;
    const token = buildToken(key.type, key.id);
    await endSecrets(transaction, organization.id, key.id, now, plan.oldSecretEndsAt);
    const keyId = key.id;
    const { id: organizationId } = organization;
    await insertSecret(transaction, {
      organizationId,
      keyId,
      type: key.type,
      version,
      token,
      createdAt: now,
    });
    await transaction.apiKeySecret.deleteMany({
      where: { organizationId, keyId, version: { lte: version - versionsKept } },
    });
    await transaction.apiKey.update({
      where: { id: keyId, organizationId },
      data: { secretVersion: version },
    });
    await recordAuditEntry(transaction, context, {
      action: "key.rolled",
      target: { type: "key", id: keyId, name: key.name },
      details: {
        graceSeconds: input.graceSeconds,
        oldSecretEndsAt: plan.oldSecretEndsAt.toISOString(),
        secretVersion: version,
      },
    });
    const oldSecretEndsAt = plan.oldSecretEndsAt > now ? plan.oldSecretEndsAt : null;
    return success({ id: keyId, name: key.name, type: key.type, token, oldSecretEndsAt });
  });
}

/** What a program that names no version means to replace: of two that ask at the same time one wins. */
async function versionNow({ organization }: ActingContext, keyId: string): Promise<number | undefined> {
  const where = { id: keyId, organizationId: organization.id };
  const key = await database().apiKey.findFirst({ where, select: { secretVersion: true } });
  return key?.secretVersion;
}

/** The older secret still in grace ends now, so that at most two live; the current one ends as planned. */
async function endSecrets(
  transaction: Transaction,
  organizationId: OrganizationId,
  keyId: string,
  now: Date,
  currentEndsAt: Date,
): Promise<void> {
  await transaction.apiKeySecret.updateMany({
    where: { organizationId, keyId, endsAt: { gt: now } },
    data: { endsAt: now },
  });
  await transaction.apiKeySecret.updateMany({
    where: { organizationId, keyId, endsAt: null },
    data: { endsAt: currentEndsAt },
  });
}
