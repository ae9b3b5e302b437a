import type { AccessLevel } from "@/lib/core/access-level";
import { generatableLevels, maySeeOwnKeys } from "@/lib/core/manage-keys";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { MemberContext } from "@/lib/services/context";
import { lockLevelInNamespace } from "@/lib/services/members/level-in-namespace";
import type { Membership } from "@/lib/services/members/lock-membership";
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
    const refusal = refuseLevel(membership, namespaceLevel, input.accessLevel);
    if (refusal !== null) return refusal;
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

/** Says at which field, so that a dialog that was open while it was taken away can tell. [P7, P9] */
function refuseLevel(
  membership: Membership,
  namespaceLevel: AccessLevel | null,
  asked: AccessLevel,
): Failure | null {
  if (!maySeeOwnKeys(membership)) {
    return failure("forbidden", "You may not generate keys in this organization now.");
  }
  if (namespaceLevel === null) {
    const message = "You have no access to this namespace now, or it is not there any more";
    return failure("forbidden", `${message}.`, [{ field: "namespace", message }]);
  }
  const levels = generatableLevels(membership, namespaceLevel);
  if (levels.includes(asked)) return null;
  const message = `You are ${namespaceLevel} there now, and a key is at most what you are`;
  return failure("forbidden", `${message}.`, [{ field: "accessLevel", message }]);
}
