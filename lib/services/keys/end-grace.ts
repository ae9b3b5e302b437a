import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { EndGraceInput } from "@/lib/schemas/key";
import type { OrganizationId } from "@/lib/services/access/context";
import type { ActingContext } from "@/lib/services/access/key-context";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { endKeysOfSecretsEnded } from "@/lib/services/tokens/end-keys-of-tokens";
import { lockKey } from "../access/lock-key";
import { refuseOtherVersion } from "./key-version";
import type { Ending } from "./revocation";
import { graceEnd } from "./rolling-key";

/**
 * Ends a rolling key's previous secret immediately and for good, as a revocation would. If no previous secret works any
 * more, succeeds and changes nothing. With a version, a repeated request cannot end the grace of a later roll.
 */
export async function endGrace(
  context: ActingContext,
  { keyId, version }: EndGraceInput,
): Promise<Result<null>> {
  const now = context.origin.at;
  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "roll", keyId);
    if (!locked.ok) return locked;
    const late = requireFreshPassword(context, "endGrace");
    if (late !== null) return late;
    const key = locked.value;
    const graceEndsAt = await graceEnd(transaction, key, now);
    if (graceEndsAt === null) return success(null);
    const stale = refuseOtherVersion(key, version);
    if (stale !== null) return stale;
    await endGraceLocked(transaction, context, key, graceEndsAt);
    return success(null);
  });
}

type EndingHere = Ending & { readonly organization: { readonly id: OrganizationId } };

/**
 * Ends the previous secret of a locked key whose grace would end at `graceEndsAt`, along with the keys created with
 * that secret's tokens.
 */
export async function endGraceLocked(
  transaction: Transaction,
  context: EndingHere,
  { id: keyId, name, secretVersion }: Pick<ApiKeyModel, "id" | "name" | "secretVersion">,
  graceEndsAt: Date,
  why: AuditDetails = {},
): Promise<void> {
  const { organization, origin } = context;
  await transaction.apiKeySecret.updateMany({
    where: { organizationId: organization.id, keyId, endsAt: { gt: origin.at } },
    data: { endsAt: origin.at },
  });
  await transaction.apiKey.update({
    where: { id: keyId, organizationId: organization.id },
    data: { version: { increment: 1 } },
  });
  const byTokens = await endKeysOfSecretsEnded(transaction, context, keyId);
  const facts = {
    action: "key.grace_ended",
    target: { type: "key", id: keyId, name },
    details: { wouldHaveEndedAt: graceEndsAt.toISOString(), secretVersion, ...why },
  } as const;
  await recordAuditEntry(transaction, context, facts, ...byTokens.entries);
}
