import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { resourceTable } from "@/lib/services/resources/resource-table";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";

/** A user that tokens act for, with their access in the key's namespace. */
export type ActingUser = {
  readonly id: string;
  readonly level: AccessLevel;
  /** Null in the organization's own namespace, where membership gives the level. */
  readonly grantId: string | null;
};

/**
 * The user and their access in the key's namespace, locked until the transaction ends. It sees removals and changes of
 * the grant that have returned, and concurrent ones wait.
 *
 * @param user by id or email
 * @returns null if the user does not exist or has no grant there
 */
export async function lockActingUser(
  transaction: Transaction,
  { key }: AuthenticatedKey,
  user: { readonly id: string } | { readonly email: string },
): Promise<ActingUser | null> {
  const named = "id" in user ? Prisma.sql`u.id = ${user.id}::uuid` : Prisma.sql`u.email = ${user.email}`;
  const { type, id } = key.namespace;
  if (type === "organization") {
    const [member] = await transaction.$queryRaw<ActingUser[]>`
      SELECT u.id::text AS id, m.access_level::text AS level, NULL AS "grantId"
      FROM members m JOIN users u ON u.id = m.user_id
      WHERE m.organization_id = ${key.organizationId}::uuid AND ${named} FOR SHARE OF m`;
    return member ?? null;
  }
  const [grant] = await transaction.$queryRaw<ActingUser[]>`
    SELECT u.id::text AS id, g.access_level::text AS level, g.id::text AS "grantId"
    FROM grants g JOIN users u ON u.id = g.user_id
    WHERE g.organization_id = ${key.organizationId}::uuid AND ${resourceTable[type].column} = ${id}::uuid
      AND ${named} FOR SHARE OF g`;
  return grant ?? null;
}
