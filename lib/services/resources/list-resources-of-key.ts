import { permissionWords } from "@/lib/core/access/namespace";
import type { ResourceType } from "@/lib/core/access/resource";
import type { KeyPlace } from "@/lib/core/keys/key-reach";
import { mayKeyRead } from "@/lib/core/keys/key-reach";
import type { ListPosition } from "@/lib/core/list-cursor";
import { cutPage } from "@/lib/core/list-cursor";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { KeyContext } from "@/lib/services/access/key-context";
import { callerRevoked } from "@/lib/services/access/lock-calling-key";
import { readKeyPlace } from "./read-key-place";
import type { FoundResource } from "./resource-table";
import { resourceTable } from "./resource-table";

export type ResourcesOfKeyInput = {
  readonly type: ResourceType;
  readonly limit: number;
  /** The last row of the previous page; null for the first page. */
  readonly after: ListPosition | null;
  /** Only resources with exactly this name. */
  readonly name?: string | undefined;
  /** Only resources in this application. */
  readonly applicationId?: string | undefined;
};

export type RowsAndNext<Row> = { readonly rows: readonly Row[]; readonly next: ListPosition | null };

/**
 * One page of the applications, workspaces or user groups that a key sees, oldest first: exactly those that `keySees`
 * in lib/core/keys/key-reach accepts. The list is empty if it sees none.
 */
export async function listResourcesOfKey(
  context: KeyContext,
  { type, limit, after, name, applicationId }: ResourcesOfKeyInput,
): Promise<Result<RowsAndNext<FoundResource>>> {
  if (!mayKeyRead(context.actor, type)) {
    return failure("forbidden", `This needs the permission ${permissionWords[type]}:read.`);
  }
  const place = await readKeyPlace(database(), context);
  if (place === null) return callerRevoked;
  const { table, applicationId: within } = resourceTable[type];
  const found = await database().$queryRaw<Omit<FoundResource, "type">[]>`
    SELECT id::text, name, created_at AS "createdAt", (${within})::text AS "applicationId"
    FROM ${table} resource
    WHERE organization_id = ${context.organization.id}::uuid AND deleted_at IS NULL AND ${seen(place, type)}
      AND ${name === undefined ? Prisma.sql`TRUE` : Prisma.sql`name = ${name}`}
      AND ${applicationId === undefined ? Prisma.sql`TRUE` : Prisma.sql`${within} = ${applicationId}::uuid`}
      AND ${after === null ? Prisma.sql`TRUE` : Prisma.sql`(created_at, id) > (${after.createdAt}, ${after.id}::uuid)`}
    ORDER BY created_at, id LIMIT ${limit + 1}`;
  return success(
    cutPage(
      found.map((row) => ({ type, ...row })),
      limit,
    ),
  );
}

/** `keySees` as an SQL condition on the table. */
function seen({ namespace, applicationId }: KeyPlace, type: ResourceType): Prisma.Sql {
  if (type === "application") {
    if (namespace.type === "organization") return Prisma.sql`TRUE`;
    return Prisma.sql`id = ${applicationId}::uuid`;
  }
  if (namespace.type === type) return Prisma.sql`id = ${namespace.id}::uuid`;
  if (namespace.type === "application") return Prisma.sql`application_id = ${namespace.id}::uuid`;
  const isOwnGroups = namespace.type === "organization" && type === "usergroup";
  return isOwnGroups ? Prisma.sql`application_id IS NULL` : Prisma.sql`FALSE`;
}
