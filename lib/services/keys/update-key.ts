import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { ActingContext } from "@/lib/services/key-context";
import { actsFor } from "@/lib/services/key-context";
import { lockMembership } from "@/lib/services/members/lock-membership";
import { refuseUnknownRoles } from "./find-roles";
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
    const unknown = await lockRoles(transaction, context, change.roles);
    const locked = await lockKey(transaction, context, "update", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    if (key.revokedAt !== null) return failure("conflict", "This API key is revoked and cannot be edited.");
    if (unknown !== null) return unknown;
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

/** Roles are locked before any key, and after the membership; where they stay as they are, neither is here. */
async function lockRoles(
  transaction: Transaction,
  { organization, actor }: ActingContext,
  roles: readonly string[] | undefined,
): Promise<Failure | null> {
  if (roles === undefined) return null;
  await lockMembership(transaction, organization.id, actsFor(actor));
  return refuseUnknownRoles(transaction, organization.id, roles);
}
