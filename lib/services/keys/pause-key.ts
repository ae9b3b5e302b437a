import { formatKeyId } from "@/lib/core/keys/key-id";
import { keyStanding } from "@/lib/core/keys/key-status";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { unknownState } from "@/lib/core/unknown-state";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { ResumeKeyInput } from "@/lib/schemas/key";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { lockKeysMadeByTokensOf } from "@/lib/services/tokens/end-keys-of-tokens";
import type { LockedKey } from "../access/lock-key";
import { lockKey } from "../access/lock-key";
import { refuseBeyondCaller } from "../access/refuse-excess";

/**
 * Stops a key until it is resumed, on every node before this returns, and with it the keys that its tokens created:
 * whoever stole the key may have created them. Its expiry and a grace period keep running. Pausing a key that the same
 * person has paused succeeds and changes nothing; a pause by somebody else replaces the first one.
 */
export async function pauseKey(
  context: ActingContext,
  { keyId }: { readonly keyId: string },
): Promise<Result<null>> {
  const pausedById = actsFor(context.actor);
  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "pause", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    const ended = refuseEnded(key, context, "paused");
    if (ended !== null) return ended;
    if (key.pausedById === pausedById) return success(null);
    const keys = await withTheirs(transaction, key);
    await setPause(transaction, context, key, keys, { pausedAt: context.origin.at, pausedById });
    return success(null);
  });
}

/**
 * Lets a paused key work again, and the keys that were paused with it. Resuming a key that is not paused succeeds and
 * changes nothing.
 *
 * @param input `pausedAt`: the pause that the caller saw. Another one is a conflict, so that nobody ends a pause that
 *   they know nothing of
 */
export async function resumeKey(
  context: ActingContext,
  { keyId, pausedAt }: ResumeKeyInput,
): Promise<Result<null>> {
  const { actor } = context;
  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "resume", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    const ended = refuseEnded(key, context, "resumed");
    if (ended !== null) return ended;
    if (key.pausedAt === null) return success(null);
    if (pausedAt !== undefined && pausedAt.getTime() !== key.pausedAt.getTime()) {
      return failure("conflict", "This API key has been paused again. Look at who paused it, and why.");
    }
    const { accessLevel } = key;
    const pausedByOther = key.pausedById !== actsFor(actor) || (await replacedAnother(transaction, key));
    const late = requireFreshPassword(context, "resumeKey", { accessLevel, pausedByOther });
    if (late !== null) return late;
    const keys = await withTheirs(transaction, key);
    for (const each of keys) {
      const refusal = await refuseBeyondCaller(transaction, context, each);
      if (refusal !== null) return refusal;
    }
    await setPause(transaction, context, key, keys, { pausedAt: null, pausedById: null });
    return success(null);
  });
}

/**
 * Did the key's pause replace somebody else's? Otherwise a person could get rid of that one without a password, by
 * pausing the key again first.
 */
async function replacedAnother(transaction: Transaction, key: LockedKey): Promise<boolean> {
  const found = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM audit_entries
    WHERE organization_id = ${key.organizationId}::uuid AND target_id = ${key.id} AND action = 'key.paused'
      AND at = ${key.pausedAt} AND details ->> 'pausedBefore' IS NOT NULL LIMIT 1`;
  return found.length > 0;
}

function refuseEnded(key: LockedKey, { origin }: ActingContext, done: string): Failure | null {
  const standing = keyStanding(key, origin.at);
  switch (standing) {
    case "deleted":
    case "revoked":
    case "expired":
      return failure("conflict", `This API key is ${standing} and cannot be ${done}.`);
    case "paused":
    case "live":
      return null;
    default:
      return unknownState(standing);
  }
}

/** The key, and the keys created with its tokens that share its pause: none of them is paused, or all since then. */
async function withTheirs(transaction: Transaction, key: LockedKey): Promise<LockedKey[]> {
  const ids = await lockKeysMadeByTokensOf(transaction, key);
  const { organizationId, pausedAt, maximumLifetimeDays } = key;
  const keys = await transaction.apiKey.findMany({
    where: { organizationId, id: { in: [...ids] }, pausedAt, revokedAt: null },
    orderBy: { id: "asc" },
  });
  return keys.map((each) => ({ ...each, maximumLifetimeDays }));
}

async function setPause(
  transaction: Transaction,
  context: ActingContext,
  key: ApiKeyModel,
  keys: readonly ApiKeyModel[],
  pause: Pick<ApiKeyModel, "pausedAt" | "pausedById">,
): Promise<void> {
  await transaction.apiKey.updateMany({
    where: { organizationId: context.organization.id, id: { in: keys.map(({ id }) => id) } },
    data: pause,
  });
  const facts = keys.map(({ id, name, pausedAt }) => ({
    action: pause.pausedAt === null ? ("key.resumed" as const) : ("key.paused" as const),
    target: { type: "key" as const, id, name },
    details: {
      ...(pausedAt === null ? {} : { pausedBefore: pausedAt.toISOString() }),
      ...(id === key.id ? {} : { withKey: formatKeyId(key.id) }),
    },
  }));
  const [first, ...others] = facts;
  if (first !== undefined) await recordAuditEntry(transaction, context, first, ...others);
}
