import type { AccessLevel } from "@/lib/core/access/access-level";
import { levelWord } from "@/lib/core/access/access-level";
import { generatableLevels, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import { expiryAt } from "@/lib/core/keys/key-expiry";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import type { ActingContext, KeyContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import { lockLevelInNamespace } from "@/lib/services/access/level-in-namespace";
import type { Membership } from "@/lib/services/access/lock-membership";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import type { CallingKey } from "../access/lock-calling-key";
import { membershipGone } from "../access/lock-calling-key";
import type { PlannedKey } from "./admit-new-keys";
import { admitNewKeys, storedKey } from "./admit-new-keys";
import { insertKey } from "./insert-key";
import { newKeyDetails } from "./new-key-details";
import { refuseUnknownRoles } from "./read/find-roles";
import type { RevealedKey } from "./read/key-view";
import { refuseTooManyKeys } from "./refuse-too-many-keys";
import { refuseWithoutExpiry } from "./refuse-without-expiry";

/** Generates a key and returns its token. A secret key's token is not stored anywhere. */
export async function generateKey(
  context: ActingContext,
  asked: GenerateKeyInput,
): Promise<Result<RevealedKey>> {
  const { organization, actor, origin } = context;
  const input: PlannedKey = { ...asked, expiresAt: expiryAt(asked.expiresAt, origin.at) };
  const userId = actsFor(actor);
  if (input.expiresAt !== null && input.expiresAt <= origin.at) {
    const fields = [{ field: "expiresAt", message: "The expiry must be in the future" }];
    return failure("invalid_request", "The expiry must be in the future.", fields);
  }

  return inTransaction(async (transaction) => {
    const membership = await lockMembership(transaction, organization.id, userId);
    if (membership === null) {
      return membershipGone(actor);
    }
    const namespaceLevel = await lockLevelInNamespace(transaction, organization.id, userId, input.namespace);
    // Lock roles before any key, including the calling key.
    const unknown = await refuseUnknownRoles(transaction, organization.id, input.roles);
    const refusal = actor.kind === "user" ? refuseLevel(membership, namespaceLevel, input.accessLevel) : null;
    if (refusal !== null) return refusal;
    const late = requireFreshPassword(context, "generateKey", input);
    if (late !== null) return late;
    const caller =
      actor.kind === "user" ? null : await admitKey(transaction, { ...context, actor }, membership, input);
    if (caller?.ok === false) return caller;
    if (unknown !== null) return unknown;

    const endless = refuseWithoutExpiry(membership, input.expiresAt);
    if (endless !== null) return endless;

    const familyId = caller?.value.familyId ?? null;
    const many = await refuseTooManyKeys(transaction, context, { membership, familyId, count: 1 });
    if (many !== null) return many;

    const key = storedKey(input, caller?.value);
    const { id, token } = await insertKey(transaction, {
      ...key,
      organizationId: organization.id,
      creatorId: userId,
      createdAt: origin.at,
      ...(actor.kind === "key" ? { createdByKeyId: actor.keyId, createdByFamilyId: familyId } : {}),
    });
    await recordAuditEntry(transaction, context, {
      action: "key.generated",
      target: { type: "key", id, name: input.name },
      details: newKeyDetails(key),
    });
    return success({ id, name: input.name, type: input.type, token, oldSecretEndsAt: null });
  });
}

/** Names the field at fault, for a dialog that was open while the person's access changed. */
function refuseLevel(
  membership: Membership,
  namespaceLevel: AccessLevel | null,
  asked: AccessLevel,
): Failure | null {
  if (!maySeeOwnKeys(membership)) {
    return failure("forbidden", "You may not generate keys in this organization.");
  }
  if (namespaceLevel === null) {
    const message = "You no longer have access to this namespace, or it was deleted";
    return failure("forbidden", `${message}.`, [{ field: "namespace", message }]);
  }
  const levels = generatableLevels(membership, namespaceLevel);
  if (levels.includes(asked)) return null;
  const message = `You are now ${levelWord(namespaceLevel)} there, and a key cannot be above your own level`;
  return failure("forbidden", `${message}.`, [{ field: "accessLevel", message }]);
}

/** Checks that the calling key may create this key. */
async function admitKey(
  transaction: Transaction,
  context: KeyContext,
  membership: Membership,
  input: PlannedKey,
): Promise<Result<CallingKey>> {
  const admitted = await admitNewKeys(transaction, context, membership, [input]);
  if (!admitted.ok) return admitted;
  const [refusal] = admitted.value.refusals;
  return refusal ?? success(admitted.value.caller);
}
