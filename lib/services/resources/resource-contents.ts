import type { Resource } from "@/lib/core/resource";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { FoundResource } from "./resource-table";
import { resourceLock, resourceTable } from "./resource-table";

/** What of a table of keys or grants belongs to these resources. */
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

/** The workspaces and user groups of an application that are not deleted, by id; of the others, none. */
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
