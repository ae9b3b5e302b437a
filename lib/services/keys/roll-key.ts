import { isLeakPause } from "@/lib/core/keys/key-status";
import { defaultGraceSeconds, planRoll, recognizedFrom, versionsJudged } from "@/lib/core/keys/roll-plan";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { database, inTransaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { RollKeyInput } from "@/lib/schemas/key";
import type { ActingContext } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { endKeysOfSecretsEnded } from "@/lib/services/tokens/end-keys-of-tokens";
import { buildToken } from "@/lib/token/format";
import { flushUsage } from "@/lib/verify/usage/usage-recorder";
import { lockKey } from "../access/lock-key";
import { refuseBeyondCaller } from "../access/refuse-excess";
import { insertSecret } from "./insert-key";
import { refuseOtherVersion } from "./key-version";
import { admitOwnRoll } from "./own-rolls";
import type { RolledKey } from "./read/key-view";
import { graceEnd, refuseDuringGrace, refuseLongSilence, refuseRepeatedRoll } from "./rolling-key";
import { readTokenPrefix } from "./token-prefix";

/**
 * Gives a key a new secret. The current one keeps working for the grace period. A roll applies only to the version of
 * the key that the caller saw: of two concurrent rolls, or a double click, one wins and the other is a conflict. A
 * repeated request never ends a secret in use: during a grace period, a roll must say which of the two live secrets it
 * replaces.
 */
export async function rollKey(context: ActingContext, input: RollKeyInput): Promise<Result<RolledKey>> {
  // Usage that this process has counted but not written yet also shows that a secret is in use.
  if (input.replaceUnused) await flushUsage();
  const version = input.version ?? (await versionNow(context, input.keyId));
  const { organization, origin } = context;
  const now = origin.at;

  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "roll", input.keyId);
    if (!locked.ok) return locked;
    const late = requireFreshPassword(context, "rollKey");
    if (late !== null) return late;
    const key = locked.value;
    const beyond = await refuseBeyondCaller(transaction, context, key);
    if (beyond !== null) return beyond;
    const silence = refuseLongSilence(input);
    if (silence !== null) return silence;
    const graceSeconds =
      input.graceSeconds ?? (isLeakPause(key.pausedAt, key.pausedById) ? 0 : defaultGraceSeconds);
    const plan = planRoll(key, graceSeconds, now);
    if (!plan.ok) return failure("conflict", `This API key is ${plan.because} and cannot be rolled.`);
    const repeated = input.version === undefined && (await refuseRepeatedRoll(transaction, context, key));
    const stale = repeated || refuseOtherVersion(key, version);
    if (stale !== null) return stale;
    const previousEndsAt = await graceEnd(transaction, key, now);
    const leaked = refuseGraceOfLeaked(
      key,
      graceSeconds,
      previousEndsAt !== null && input.replaceUnused === true,
    );
    if (leaked !== null) return leaked;
    const rolling = await refuseDuringGrace(transaction, key, previousEndsAt, input);
    if (rolling !== null) return rolling;

    const own = await admitOwnRoll(transaction, context, key);
    if (!own.ok) return own;

    const replaced = input.replaceUnused === true;
    const where = { organizationId: organization.id, keyId: key.id };
    if (!replaced) {
      await transaction.apiKeySecret.updateMany({
        where: { ...where, endsAt: { gt: now } },
        data: { endsAt: now },
      });
    }
    await transaction.apiKeySecret.updateMany({
      where: { ...where, endsAt: null },
      data: replaced
        ? { endsAt: now }
        : { endsAt: plan.oldSecretEndsAt, silentHours: input.silentHours ?? null },
    });
    // Must run before addSecret deletes the oldest versions: one of them may be a secret that ends here.
    const byTokens = await endKeysOfSecretsEnded(transaction, context, key.id);
    const token = await addSecret(transaction, key, now, own.value.withId);
    const oldSecretEndsAt = replaced ? previousEndsAt : plan.oldSecretEndsAt;
    const superseded = !replaced && previousEndsAt !== null;
    const facts = {
      action: "key.rolled",
      target: { type: "key", id: key.id, name: key.name },
      details: {
        ...(replaced
          ? { replacedUnused: true }
          : {
              ...{ graceSeconds, superseded },
              ...(input.silentHours === undefined ? {} : { silentHours: input.silentHours }),
            }),
        ...(own.value.isToTell ? { firstByItself: true } : {}),
        oldSecretEndsAt: oldSecretEndsAt?.toISOString() ?? null,
        secretVersion: key.secretVersion + 1,
      },
    } as const;
    await recordAuditEntry(transaction, context, facts, ...byTokens.entries);
    return success({
      id: key.id,
      name: key.name,
      type: key.type,
      token,
      version: key.version + 1,
      oldSecretEndsAt: oldSecretEndsAt !== null && oldSecretEndsAt > now ? oldSecretEndsAt : null,
      superseded,
    });
  });
}

/** Refuses a grace for a leaked secret, which would be accepted again once the key is resumed. */
function refuseGraceOfLeaked(key: ApiKeyModel, graceSeconds: number, keepsPrevious: boolean): Failure | null {
  if (!isLeakPause(key.pausedAt, key.pausedById) || (graceSeconds === 0 && !keepsPrevious)) return null;
  return failure("conflict", "This key is paused because it leaked. Roll it without a grace period.");
}

/** The current version, for a request that names none. Of two such requests at once, one wins. */
async function versionNow({ organization }: ActingContext, keyId: string): Promise<number | undefined> {
  const where = { id: keyId, organizationId: organization.id };
  const key = await database().apiKey.findFirst({ where, select: { version: true } });
  return key?.version;
}

/**
 * Adds the next secret and returns its token. A secret key's token is not stored anywhere.
 *
 * @param rolledWithId the secret with which the key rolls itself
 */
async function addSecret(
  transaction: Transaction,
  key: ApiKeyModel,
  createdAt: Date,
  rolledWithId: string | null,
): Promise<string> {
  const organizationId = key.organizationId as ActingContext["organization"]["id"];
  const { id: keyId, type } = key;
  const version = key.secretVersion + 1;
  const token = buildToken(type, keyId, await readTokenPrefix(organizationId, transaction));
  await insertSecret(transaction, { organizationId, keyId, type, version, token, createdAt, rolledWithId });
  await transaction.apiKeySecret.deleteMany({
    where: {
      ...{ organizationId, keyId, endsAt: { lte: recognizedFrom(createdAt) } },
      // An imported token stays known, so that it is not imported again as another key's.
      ...{ version: { lte: version - versionsJudged }, imported: false },
    },
  });
  await transaction.apiKey.update({
    where: { id: keyId, organizationId },
    data: { secretVersion: version, version: { increment: 1 } },
  });
  return token;
}
