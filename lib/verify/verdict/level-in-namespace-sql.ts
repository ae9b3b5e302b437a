import { Prisma } from "@/lib/db/generated/client";

/**
 * SQL for a user's level in the namespace of the key `k` of a query; null without a grant there. For queries that read
 * the level together with other data; lib/services uses levelInNamespace.
 *
 * @param userId an expression of the query, such as `k.creator_id`
 */
export function levelInNamespaceSql(userId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(CASE k.namespace_type
    WHEN 'organization' THEN (
      SELECT m.access_level FROM members m
      WHERE m.organization_id = k.organization_id AND m.user_id = ${userId})
    WHEN 'application' THEN (
      SELECT g.access_level FROM grants g
      WHERE g.user_id = ${userId} AND g.application_id = k.application_id)
    WHEN 'workspace' THEN (
      SELECT g.access_level FROM grants g
      WHERE g.user_id = ${userId} AND g.workspace_id = k.workspace_id)
    WHEN 'usergroup' THEN (
      SELECT g.access_level FROM grants g
      WHERE g.user_id = ${userId} AND g.user_group_id = k.user_group_id)
  END)::text`;
}
