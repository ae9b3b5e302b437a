import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { UpdateKeyInput } from "@/lib/schemas/key";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { MemberContext } from "@/lib/services/context";
import { lockKey } from "./lock-key";

/** Changes a key's name and description. A revoked key keeps the name it was revoked under. */
export async function updateKey(context: MemberContext, input: UpdateKeyInput): Promise<Result<null>> {
  const { keyId, name, description } = input;
  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "update", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    if (key.revokedAt !== null) return failure("conflict", "This API key is revoked and cannot be edited.");
    if (key.name === name && key.description === description) return success(null);
    await transaction.apiKey.update({
      where: { id: keyId, organizationId: context.organization.id },
      data: { name, description },
    });
    await recordAuditEntry(transaction, context, {
      action: "key.updated",
      target: { type: "key", id: keyId, name },
      details: { nameBefore: key.name, descriptionBefore: key.description, name, description },
    });
    return success(null);
  });
}
