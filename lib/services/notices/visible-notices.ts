import { Prisma } from "@/lib/db/generated/client";

/**
 * The notices that a person may see now: their own, all of organizations that they own and, in other organizations
 * where they are a member, those about keys that they created. Their own actions are left out. `every` says whether
 * they may see all items; otherwise only those of their keys.
 *
 * @param after only notices with an item after this position
 */
export const visibleNotices = (userId: string, after: bigint = 0n) => Prisma.sql`(
  SELECT n.id, n.position, n.at, true AS every FROM notices n WHERE n.user_id = ${userId}::uuid AND n.position > ${after}::bigint
  UNION ALL
  SELECT n.id, n.position, n.at, true FROM members m JOIN notices n ON n.organization_id = m.organization_id
  WHERE m.user_id = ${userId}::uuid AND m.access_level = 'OWNER' AND n.actor_id IS DISTINCT FROM ${userId}::uuid
    AND n.position > ${after}::bigint
  UNION ALL
  SELECT n.id, o.position, o.at, false FROM (
    SELECT i.notice_id, max(i.position) AS position, max(i.at) AS at FROM members m
    JOIN api_keys k ON k.organization_id = m.organization_id AND k.creator_id = m.user_id
    JOIN notice_items i ON i.organization_id = k.organization_id AND i.key_id = k.id
    WHERE m.user_id = ${userId}::uuid AND m.access_level <> 'OWNER' AND i.position > ${after}::bigint GROUP BY i.notice_id
  ) o JOIN notices n ON n.id = o.notice_id WHERE n.actor_id IS DISTINCT FROM ${userId}::uuid
)`;

/** The items of a notice that its reader may see. `n` is the notice, as `visibleNotices` selects it. */
export const visibleItems = (userId: string) => Prisma.sql`
  notice_items i LEFT JOIN api_keys k ON k.organization_id = i.organization_id AND k.id = i.key_id
  WHERE i.notice_id = n.id AND (n.every OR k.creator_id = ${userId}::uuid)`;
