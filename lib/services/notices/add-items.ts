import type { ToldItem } from "@/lib/core/notices/notice-kinds";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { timeOrderedId } from "@/lib/services/audit/time-ordered-id";

/** The positions of the added items. */
export type Added = { readonly first: bigint; readonly newest: bigint };

/**
 * Adds each item to its bundle's notice, creating the notice if necessary. Skips an item that exists already because
 * another organization recorded the same event.
 *
 * @returns null if all existed already
 */
export async function addItems(
  transaction: Transaction,
  organizationId: string,
  items: readonly ToldItem[],
): Promise<Added | null> {
  const given = recordset(organizationId, items);
  // Locks the notices, always in the same order, since a person's own notices are written from each of their
  // organizations.
  await transaction.$executeRaw`
    INSERT INTO notices (id, organization_id, user_id, scope_id, kind, bundle, actor_id, at)
    SELECT * FROM (
      SELECT DISTINCT ON (scope, kind, bundle) id, organization, "userId", scope, kind, bundle, "actorId", at
      FROM ${given} ORDER BY scope, kind, bundle, ordinal
    ) made
    ON CONFLICT (scope_id, kind, bundle) DO UPDATE SET kind = excluded.kind`;
  const [added] = await transaction.$queryRaw<{ first: bigint | null; newest: bigint | null }[]>`
    WITH added AS (
      INSERT INTO notice_items (notice_id, organization_id, source, key_id, name, at, details)
      SELECT n.id, organization, source, "keyId", name, item.at, details
      FROM ${given} JOIN notices n ON n.scope_id = scope AND n.kind = item.kind AND n.bundle = item.bundle
      ORDER BY ordinal
      ON CONFLICT (notice_id, source) DO NOTHING
      RETURNING notice_id, position, at
    ), told AS (
      UPDATE notices n SET total = n.total + c.items, position = c.newest, at = greatest(n.at, c.at)
      FROM (SELECT notice_id, count(*)::int AS items, max(position) AS newest, max(at) AS at FROM added GROUP BY notice_id) c
      WHERE n.id = c.notice_id
    )
    SELECT min(position) AS first, max(position) AS newest FROM added`;
  const { first = null, newest = null } = added ?? {};
  return first === null || newest === null ? null : { first, newest };
}

function recordset(organizationId: string, items: readonly ToldItem[]): Prisma.Sql {
  const rows = items.map(({ about, ...item }, ordinal) => {
    const userId = about !== null && "userId" in about ? about.userId : null;
    return {
      ...{ ...item, ordinal, userId, id: timeOrderedId(item.at.getTime()) },
      organization: userId === null ? organizationId : null,
      scope: userId ?? organizationId,
      keyId: about !== null && "keyId" in about ? about.keyId : null,
    };
  });
  return Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS item(ordinal int, id uuid, organization uuid,
    "userId" uuid, scope uuid, kind text, bundle text, source text, at timestamptz, "actorId" uuid, "keyId" text, name text,
    details jsonb)`;
}
