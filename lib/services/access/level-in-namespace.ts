import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Namespace } from "@/lib/core/access/namespace";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import { findResource, resourceTable } from "@/lib/services/resources/resource-table";
import type { OrganizationId } from "./context";

/** A user's current access level in a namespace of the organization; null without a grant there. */
export async function levelInNamespace(
  transaction: Transaction,
  organizationId: OrganizationId,
  userId: string,
  { type, id }: Namespace,
  { lock }: { lock: boolean } = { lock: false },
): Promise<AccessLevel | null> {
  const held = lock ? Prisma.sql`FOR SHARE` : Prisma.empty;
  if (type === "organization") {
    if (id !== organizationId) return null;
    const [member] = await transaction.$queryRaw<{ level: AccessLevel }[]>`
      SELECT access_level::text AS level FROM members
      WHERE organization_id = ${organizationId}::uuid AND user_id = ${userId}::uuid ${held}`;
    return member?.level ?? null;
  }
  const [grant] = await transaction.$queryRaw<{ level: AccessLevel }[]>`
    SELECT access_level::text AS level FROM grants
    WHERE organization_id = ${organizationId}::uuid AND user_id = ${userId}::uuid
      AND ${resourceTable[type].column} = ${id}::uuid ${held}`;
  return grant?.level ?? null;
}

/**
 * Like `levelInNamespace`, but locks what it read until the transaction ends, so that deleting the namespace or
 * changing the grant waits. Call it after locking the memberships and before locking any role or key.
 */
export async function lockLevelInNamespace(
  transaction: Transaction,
  organizationId: OrganizationId,
  userId: string,
  namespace: Namespace,
): Promise<AccessLevel | null> {
  const { type, id } = namespace;
  if (type !== "organization") {
    const found = await findResource(transaction, organizationId, { type, id }, "share");
    if (found === null) return null;
  }
  return levelInNamespace(transaction, organizationId, userId, namespace, { lock: true });
}

/** The three columns that store the namespace of a grant or a key; all are null for the organization. */
export function namespaceColumns(namespace: Namespace) {
  return {
    applicationId: namespace.type === "application" ? namespace.id : null,
    workspaceId: namespace.type === "workspace" ? namespace.id : null,
    userGroupId: namespace.type === "usergroup" ? namespace.id : null,
  };
}

/** The namespace in a key's columns: the inverse of `namespaceColumns`. */
export function namespaceOfKey(
  key: Pick<
    ApiKeyModel,
    "namespaceType" | "organizationId" | "applicationId" | "workspaceId" | "userGroupId"
  >,
): Namespace {
  const id = key.applicationId ?? key.workspaceId ?? key.userGroupId ?? key.organizationId;
  return { type: key.namespaceType, id };
}
