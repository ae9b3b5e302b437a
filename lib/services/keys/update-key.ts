import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { ActingContext } from "@/lib/services/key-context";
import { actsFor } from "@/lib/services/key-context";
import { lockMembership } from "@/lib/services/members/lock-membership";
import { unknownRoles } from "./find-roles";
import { insertRoles } from "./insert-key";
import { keyRoles } from "./key-row";
import { lockKey } from "./lock-key";

/** What is not named stays as it is. */
type KeyChange = {
  readonly keyId: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly roles?: readonly string[] | undefined;
};

/** Changes a key's name, description and roles. A revoked key keeps what it was revoked with. [S5] */
export async function updateKey(context: ActingContext, change: KeyChange): Promise<Result<null>> {
  const { keyId } = change;
  const { id: organizationId } = context.organization;
  return inTransaction(async (transaction) => {
    // Roles are locked before any key, and after the membership.
    await lockMembership(transaction, organizationId, actsFor(context.actor));
    const unknown = await unknownRoles(transaction, organizationId, change.roles ?? []);
    const locked = await lockKey(transaction, context, "update", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    if (key.revokedAt !== null) return failure("conflict", "This API key is revoked and cannot be edited.");
    if (unknown.length > 0) {
      const message = `There is no role ${unknown.join(", ")}`;
      return failure("invalid_request", `${message}.`, [{ field: "roles", message }]);
    }
    const carried = await transaction.apiKeyRole.findMany({
      where: { organizationId, keyId },
      include: { role: true },
      orderBy: { id: "asc" },
    });
    const rolesBefore = keyRoles({ roles: carried }).map(({ id }) => id);
    const { name = key.name, description = key.description, roles = rolesBefore } = change;
    const sameRoles = [...roles].sort().join() === [...rolesBefore].sort().join();
    if (key.name === name && key.description === description && sameRoles) return success(null);
    await transaction.apiKey.update({ where: { id: keyId, organizationId }, data: { name, description } });
    if (!sameRoles) {
      await transaction.apiKeyRole.deleteMany({ where: { organizationId, keyId } });
      await insertRoles(transaction, organizationId, keyId, roles);
    }
    await recordAuditEntry(transaction, context, {
      action: "key.updated",
      target: { type: "key", id: keyId, name },
      details: {
        nameBefore: key.name,
        descriptionBefore: key.description,
        name,
        description,
        ...(sameRoles ? {} : { rolesBefore, roles }),
      },
    });
    return success(null);
  });
}
