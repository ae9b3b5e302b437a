import type { AccessLevel } from "@/lib/core/access-level";
import type { Namespace } from "@/lib/core/namespace";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/context";

/** A user's access level in one namespace of the organization now; null without a grant there. [P9] */
export async function levelInNamespace(
  transaction: Transaction,
  organizationId: OrganizationId,
  userId: string,
  namespace: Namespace,
): Promise<AccessLevel | null> {
  if (namespace.type === "organization") {
    if (namespace.id !== organizationId) return null;
    const member = await transaction.member.findUnique({
      where: { organizationId_userId: { organizationId, userId } },
      select: { accessLevel: true },
    });
    return member?.accessLevel ?? null;
  }
  const grant = await transaction.grant.findFirst({
    where: { organizationId, userId, ...namespaceColumns(namespace) },
    select: { accessLevel: true },
  });
  return grant?.accessLevel ?? null;
}

/** The three columns that say which namespace a grant or a key belongs to. */
export function namespaceColumns(namespace: Namespace) {
  return {
    applicationId: namespace.type === "application" ? namespace.id : null,
    workspaceId: namespace.type === "workspace" ? namespace.id : null,
    userGroupId: namespace.type === "usergroup" ? namespace.id : null,
  };
}
