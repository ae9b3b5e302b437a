import type { Resource } from "@/lib/core/access/resource";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { FoundResource } from "./resource-table";
import { resourceLock, resourceTable } from "./resource-table";

/** A condition that selects the keys or grants of these resources. */
export function belongsTo(resources: readonly Resource[]) {
  const ids = (type: Resource["type"]) => resources.filter((each) => each.type === type).map(({ id }) => id);
  return {
    OR: [
      { applicationId: { in: ids("application") } },
      { workspaceId: { in: ids("workspace") } },
      { userGroupId: { in: ids("usergroup") } },
    ],
  };
}

/**
 * An application's undeleted workspaces and user groups, workspaces first and each type by id. Other types have none.
 */
export async function childrenOf(
  transaction: Transaction,
  organizationId: OrganizationId,
  { type, id }: Resource,
  { lock }: { lock: boolean },
): Promise<FoundResource[]> {
  if (type !== "application") return [];
  const found: FoundResource[] = [];
  for (const child of ["workspace", "usergroup"] as const) {
    const { table } = resourceTable[child];
    const rows = await transaction.$queryRaw<Pick<FoundResource, "id" | "name" | "createdAt">[]>`
      SELECT id::text, name, created_at AS "createdAt" FROM ${table}
      WHERE organization_id = ${organizationId}::uuid AND application_id = ${id}::uuid AND deleted_at IS NULL
      ORDER BY id ${resourceLock[lock ? "delete" : "none"]}`;
    found.push(...rows.map((row) => ({ ...row, type: child, applicationId: id })));
  }
  return found;
}
