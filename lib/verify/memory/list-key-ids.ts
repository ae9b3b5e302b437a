import { quick } from "@/lib/db/client";

/**
 * The ids of an organization's keys that are not deleted, in their own order, a page of them.
 *
 * @param creatorId only those that this user created; null for all
 * @param after the last id of the page before; empty for the first
 */
export async function listKeyIds(
  organizationId: string,
  creatorId: string | null,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await quick<{ id: string }>({
    name: "latchkey_list_key_ids",
    text: `SELECT id FROM api_keys
      WHERE organization_id = $1::uuid AND id > $2 AND deleted_at IS NULL
        AND ($3::uuid IS NULL OR creator_id = $3::uuid)
      ORDER BY id LIMIT $4::int`,
    values: [organizationId, after, creatorId, limit],
  });
  return rows.map(({ id }) => id);
}
