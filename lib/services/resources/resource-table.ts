import type { Resource, ResourceType } from "@/lib/core/resource";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { OrganizationId } from "@/lib/services/access/context";

/** Where each kind is kept: its table, how the others name it, and which application it is in. */
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

/** How long the row is held: not at all; against a deletion; against a change; against all. */
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
  /** The application that it is in; null of what is in none. */
  readonly applicationId: string | null;
};

/** An application, workspace or user group of the organization that is not deleted; null when there is none. */
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
