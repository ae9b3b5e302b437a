import type { Resource } from "@/lib/core/access/resource";
import { mayDeleteWithApplication } from "@/lib/core/access/resource-authority";
import { maximumFor } from "@/lib/core/keys/effective-end";
import { keyStanding } from "@/lib/core/keys/key-status";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { DeleteResourceInput } from "@/lib/schemas/resource";
import type { OrganizationId } from "@/lib/services/access/context";
import type { ActingContext } from "@/lib/services/access/key-context";
import { readLifetimeBound } from "@/lib/services/access/read-lifetime-bound";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { endKeys } from "@/lib/services/keys/follow-up/end-keys";
import { endedInEffect } from "@/lib/services/keys/follow-up/ended-in-effect";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import type { LockedResource } from "../access/lock-resource";
import { lockResource } from "../access/lock-resource";
import { lockResourceLevels } from "../access/lock-resource-levels";
import { belongsTo, childrenOf } from "./resource-contents";
import type { FoundResource } from "./resource-table";
import { resourceWords } from "./resource-words";

/**
 * Deletes a workspace, a user group, or an application with all its workspaces and user groups. Revokes their keys and
 * ends all access to them, in one transaction. The rows stay for the keys that refer to them.
 *
 * @param keyTotal how many live keys the dialog said would end; null for a calling key, which sees no dialog
 */
export async function deleteResource(
  context: ActingContext,
  { resource, keyTotal }: Omit<DeleteResourceInput, "keyTotal"> & { readonly keyTotal: number | null },
): Promise<Result<null>> {
  const { organization, origin } = context;
  const organizationId = organization.id;

  return inTransaction(async (transaction) => {
    const locked = await lockResource(transaction, context, "delete", resource, [], () =>
      lockContents(transaction, organizationId, resource),
    );
    if (!locked.ok) return locked;
    const children = await childrenOf(transaction, organizationId, resource, { lock: true });
    const nested = await refuseForChildren(transaction, context, locked.value, children);
    if (nested !== null) return nested;
    const late = requireFreshPassword(context, "deleteResource");
    if (late !== null) return late;
    const all = [locked.value, ...children];
    const where = { organizationId, ...belongsTo(all) };

    // Generating a key locks the resource, so no key is still being created in it. Read the keys in a separate
    // statement after locking them, so that it sees earlier changes.
    const ids = Prisma.sql`ARRAY[${Prisma.join(all.map(({ id }) => id))}]::uuid[]`;
    await transaction.$queryRaw`
      SELECT count(*) FROM (
        SELECT 1 FROM api_keys WHERE organization_id = ${organizationId}::uuid AND revoked_at IS NULL
          AND (application_id = ANY (${ids}) OR workspace_id = ANY (${ids}) OR user_group_id = ANY (${ids}))
        ORDER BY id FOR UPDATE) locked`;
    const rows = await transaction.apiKey.findMany({
      where: { ...where, revokedAt: null },
      select: {
        id: true,
        createdAt: true,
        expiresAt: true,
        pausedAt: true,
        revokedAt: true,
        deletedAt: true,
      },
      orderBy: { id: "asc" },
    });
    const before = await endedInEffect(
      transaction,
      organizationId,
      rows.map(({ id }) => id),
    );
    const keys = rows.filter(({ id }) => !before.has(id));
    const bound = await readLifetimeBound(transaction, organizationId);
    const live = keys.filter(
      (key) =>
        keyStanding({ ...key, maximumLifetimeDays: maximumFor(bound, key.id) }, origin.at) !== "expired",
    );
    if (keyTotal !== null && live.length > keyTotal) {
      return failure("conflict", "More keys would end than you were shown. Review them again.");
    }
    const ended = await endKeys(
      transaction,
      context,
      keys.map(({ id }) => id),
      "resource_deleted",
    );
    const { count: grants } = await transaction.grant.deleteMany({ where });
    const deleted = {
      where: { organizationId, id: { in: all.map(({ id }) => id) } },
      data: { deletedAt: origin.at },
    };
    await transaction.workspace.updateMany(deleted);
    await transaction.userGroup.updateMany(deleted);
    await transaction.application.updateMany(deleted);
    await recordAuditEntry(
      transaction,
      context,
      {
        action: `${resource.type}.deleted`,
        target: { ...resource, name: locked.value.name },
        details: { keysRevoked: ended.total, grantsEnded: grants, alsoDeleted: children.length },
      },
      ...children.map(({ type, id, name }) => ({
        action: `${type}.deleted` as const,
        target: { type, id, name },
        details: { with: resource.id },
      })),
      ...ended.entries,
    );
    return success(null);
  });
}

/**
 * For a calling key, which is locked with the keys that end: locks the resource's contents before any key.
 *
 * @returns the ids of the keys that end
 */
async function lockContents(
  transaction: Transaction,
  organizationId: OrganizationId,
  resource: Resource,
): Promise<readonly string[]> {
  const children = await childrenOf(transaction, organizationId, resource, { lock: true });
  const keys = await transaction.apiKey.findMany({
    where: { organizationId, ...belongsTo([resource, ...children]), revokedAt: null },
    select: { id: true },
  });
  return keys.map(({ id }) => id);
}

/**
 * Refuses if the person may not delete each of the application's workspaces and user groups, since namespaces are not
 * nested.
 */
async function refuseForChildren(
  transaction: Transaction,
  context: ActingContext,
  { actorLevels, authority }: LockedResource,
  children: readonly FoundResource[],
): Promise<Failure | null> {
  if (authority.kind === "user" && actorLevels.organization === "OWNER") return null;
  for (const child of children) {
    const there = await lockResourceLevels(transaction, context, actorLevels.organization, child);
    if (!mayDeleteWithApplication(authority, child, there)) {
      const word = resourceWords[child.type];
      return failure(
        "forbidden",
        `You cannot delete this application, because you may not delete its ${word} “${child.name}”. Ask an owner of the organization.`,
      );
    }
  }
  return null;
}
