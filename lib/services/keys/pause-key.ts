import { keyStanding } from "@/lib/core/keys/key-status";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { unknownState } from "@/lib/core/unknown-state";
import { inTransaction } from "@/lib/db/client";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { lockKey } from "../access/lock-key";
import { refuseBeyondCaller } from "../access/refuse-excess";

/**
 * Stops a key until it is resumed, on every node before this returns. Its expiry and a grace period keep running.
 * Pausing a paused key succeeds and changes nothing.
 */
export function pauseKey(context: ActingContext, { keyId }: { keyId: string }): Promise<Result<null>> {
  return setPaused(context, keyId, "pause");
}

/** Lets a paused key work again. Resuming a key that is not paused succeeds and changes nothing. */
export function resumeKey(context: ActingContext, { keyId }: { keyId: string }): Promise<Result<null>> {
  return setPaused(context, keyId, "resume");
}

async function setPaused(
  context: ActingContext,
  keyId: string,
  act: "pause" | "resume",
): Promise<Result<null>> {
  const { organization, actor, origin } = context;
  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, act, keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    const standing = keyStanding(key, origin.at);
    switch (standing) {
      case "deleted":
      case "revoked":
      case "expired":
        return failure("conflict", `This API key is ${standing} and cannot be ${act}d.`);
      case "paused":
      case "live":
        break;
      default:
        return unknownState(standing);
    }
    if ((standing === "paused") === (act === "pause")) return success(null);
    if (act === "resume") {
      const late = requireFreshPassword(context, "resumeKey", key);
      const refusal = late ?? (await refuseBeyondCaller(transaction, context, key));
      if (refusal !== null) return refusal;
    }
    await transaction.apiKey.update({
      where: { id: keyId, organizationId: organization.id },
      data:
        act === "pause"
          ? { pausedAt: origin.at, pausedById: actsFor(actor) }
          : { pausedAt: null, pausedById: null },
    });
    await recordAuditEntry(transaction, context, {
      action: act === "pause" ? "key.paused" : "key.resumed",
      target: { type: "key", id: keyId, name: key.name },
      details: act === "pause" ? {} : { pausedAt: key.pausedAt?.toISOString() ?? null },
    });
    return success(null);
  });
}
