import type { Resource, ResourceType } from "@/lib/core/access/resource";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { OrganizationId } from "@/lib/services/access/context";

/** How each type is stored: its table, the column that refers to it elsewhere, and its application. */
export const resourceTable = {
  application: {
    table: Prisma.sql`applications`,
    column: Prisma.sql`application_id`,
    applicationId: Prisma.sql`NULL::uuid`,
  },
  workspace: {
    table: Prisma.sql`workspaces`,
    column: Prisma.sql`workspace_id`,
    applicationId: Prisma.sql`resource.application_id`,
  },
  usergroup: {
    table: Prisma.sql`user_groups`,
    column: Prisma.sql`user_group_id`,
    applicationId: Prisma.sql`resource.application_id`,
  },
} as const satisfies Record<ResourceType, Record<"table" | "column" | "applicationId", Prisma.Sql>>;

/**
 * How to lock a row until the transaction ends: not at all, shared against any change, for changing it, or for deleting
 * it.
 */
export const resourceLock = {
  none: Prisma.empty,
  share: Prisma.sql`FOR SHARE`,
  change: Prisma.sql`FOR NO KEY UPDATE`,
  delete: Prisma.sql`FOR UPDATE`,
} as const;
export type ResourceLock = keyof typeof resourceLock;

export type FoundResource = Resource & {
  readonly name: string;
  readonly createdAt: Date;
  /** The application it is in; null if none. */
  readonly applicationId: string | null;
};

/** Reads an application, workspace or user group of the organization; null if it does not exist or is deleted. */
export async function findResource(
  transaction: Transaction,
  organizationId: OrganizationId,
  { type, id }: Resource,
  lock: ResourceLock,
): Promise<FoundResource | null> {
  const { table, applicationId } = resourceTable[type];
  const [found] = await transaction.$queryRaw<Omit<FoundResource, "type">[]>`
    SELECT id::text, name, created_at AS "createdAt", (${applicationId})::text AS "applicationId" FROM ${table} resource
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid AND deleted_at IS NULL
    ${resourceLock[lock]}`;
  return found === undefined ? null : { type, ...found };
}
