import { generatableLevels } from "@/lib/core/manage-keys";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { MemberContext } from "@/lib/services/context";
import { lockLevelInNamespace } from "@/lib/services/members/level-in-namespace";
import { lockMembership } from "@/lib/services/members/lock-membership";
import { requirePassword } from "@/lib/services/sessions/require-password";
import { unknownRoles } from "./find-roles";
import { insertKey } from "./insert-key";
import type { RevealedKey } from "./key-view";

/** Generates a key. Its token is in the answer and nowhere else. [B3, B4, P2, P5, P7, Y6] */
export async function generateKey(
  context: MemberContext,
  input: GenerateKeyInput,
): Promise<Result<RevealedKey>> {
  const { organization, actor, origin } = context;
  if (input.expiresAt !== null && input.expiresAt <= origin.at) {
    const fields = [{ field: "expiresAt", message: "The expiry must be in the future" }];
    return failure("invalid_request", "The expiry must be in the future.", fields);
  }
  if (input.accessLevel === "OWNER") {
    const refusal = requirePassword(context);
    if (refusal !== null) return refusal;
  }

  return inTransaction(async (transaction) => {
    const membership = await lockMembership(transaction, organization.id, actor.userId);
    if (membership === null) return failure("not_found", "There is no such organization.");
    const namespaceLevel = await lockLevelInNamespace(
      transaction,
      organization.id,
      actor.userId,
      input.namespace,
    );
    const levels = generatableLevels(membership, namespaceLevel);
    if (levels.length === 0) return failure("forbidden", "You may not generate keys here.");
    if (!levels.includes(input.accessLevel)) {
      return failure("forbidden", `You may generate keys up to the access level ${levels[0]}.`);
    }
    const unknown = await unknownRoles(transaction, organization.id, input.roles);
    if (unknown.length > 0) {
      const message = `There is no role ${unknown.join(", ")}`;
      return failure("invalid_request", `${message}.`, [{ field: "roles", message }]);
    }

    const { id, token } = await insertKey(transaction, {
      ...input,
      organizationId: organization.id,
      creatorId: actor.userId,
      createdAt: origin.at,
    });
    await recordAuditEntry(transaction, context, {
      action: "key.generated",
      target: { type: "key", id, name: input.name },
      details: {
        type: input.type,
        accessLevel: input.accessLevel,
        namespaceType: input.namespace.type,
        namespaceId: input.namespace.id,
        roles: input.roles,
        expiresAt: input.expiresAt?.toISOString() ?? null,
      },
    });
    return success({ id, name: input.name, type: input.type, token, oldSecretEndsAt: null });
  });
}
