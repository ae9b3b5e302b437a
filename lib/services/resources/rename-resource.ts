import type { Resource } from "@/lib/core/access/resource";
import { mergeEdit } from "@/lib/core/merge-edit";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import { isUniqueViolation } from "@/lib/db/is-unique-violation";
import type { RenameResourceInput } from "@/lib/schemas/resource";
import type { ActingContext } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { lockResource } from "../access/lock-resource";
import type { FoundResource } from "./resource-table";
import { nameTaken } from "./resource-words";

/** Renames an application, a workspace or a user group. Its id stays the same, so references to it keep working. */
export async function renameResource(
  context: ActingContext,
  { resource, name, seen }: RenameResourceInput,
): Promise<Result<FoundResource>> {
  try {
    return await inTransaction(async (transaction) => {
      const locked = await lockResource(transaction, context, "update", resource);
      if (!locked.ok) return locked;
      const { actorLevels, authority, ...found } = locked.value;
      const { name: nameBefore } = found;
      const merged = mergeEdit({ name: nameBefore }, { name }, seen);
      if (!merged.ok) return merged;
      if (nameBefore === name) return success(found);
      await rename(transaction, context, resource, name);
      await recordAuditEntry(transaction, context, {
        action: `${resource.type}.renamed`,
        target: { ...resource, name },
        details: { nameBefore },
      });
      return success({ ...found, name });
    });
  } catch (error) {
    // The database's unique index lets only one of two concurrent requests through.
    if (isUniqueViolation(error)) return nameTaken(resource.type);
    throw error;
  }
}

async function rename(
  transaction: Transaction,
  { organization }: ActingContext,
  { type, id }: Resource,
  name: string,
) {
  const change = { where: { id, organizationId: organization.id }, data: { name }, select: { id: true } };
  if (type === "application") return transaction.application.update(change);
  if (type === "workspace") return transaction.workspace.update(change);
  return transaction.userGroup.update(change);
}
