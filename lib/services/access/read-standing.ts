import type { AccessLevel } from "@/lib/core/access-level";
import type { ResourceStanding } from "@/lib/core/manage-resources";
import type { Transaction } from "@/lib/db/client";
import type { FoundResource } from "../resources/resource-table";
import type { OrganizationId } from "./context";
import { levelInNamespace } from "./level-in-namespace";

/**
 * What a member has in a resource and where it is.
 *
 * @param person `level` is theirs in the organization
 * @param lock holds the grants that were found, so that what is decided by them is true until the end
 */
export async function readStanding(
  transaction: Transaction,
  organizationId: OrganizationId,
  { userId, level }: { readonly userId: string; readonly level: AccessLevel },
  resource: FoundResource,
  lock: { readonly lock: boolean },
): Promise<ResourceStanding> {
  const own = await levelInNamespace(transaction, organizationId, userId, resource, lock);
  const { applicationId } = resource;
  if (applicationId === null) return { organization: level, parent: level, own };
  const application = { type: "application", id: applicationId } as const;
  const parent = await levelInNamespace(transaction, organizationId, userId, application, lock);
  return { organization: level, parent, own };
}
