import type { AccessLevel } from "@/lib/core/access/access-level";
import type { ResourceLevels } from "@/lib/core/access/manage-resources";
import type { Transaction } from "@/lib/db/client";
import type { FoundResource } from "../resources/resource-table";
import type { OrganizationId } from "./context";
import { levelInNamespace } from "./level-in-namespace";

/**
 * A member's levels in a resource and its parent.
 *
 * @param person `level` is their level in the organization
 * @param lock also locks the grants it finds until the transaction ends
 */
export async function readResourceLevels(
  transaction: Transaction,
  organizationId: OrganizationId,
  { userId, level }: { readonly userId: string; readonly level: AccessLevel },
  resource: FoundResource,
  lock: { readonly lock: boolean },
): Promise<ResourceLevels> {
  const own = await levelInNamespace(transaction, organizationId, userId, resource, lock);
  const { applicationId } = resource;
  if (applicationId === null) return { organization: level, parent: level, own };
  const application = { type: "application", id: applicationId } as const;
  const parent = await levelInNamespace(transaction, organizationId, userId, application, lock);
  return { organization: level, parent, own };
}
