import { runPrepared } from "@/lib/db/client";

/**
 * A page of the ids of an organization's keys, sorted by id and without deleted keys.
 *
 * @param creatorId lists only the keys that this user created; null lists all
 * @param after the last id of the previous page; empty for the first page
 */
export async function listKeyIds(
  organizationId: string,
  creatorId: string | null,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await runPrepared<{ id: string }>({
    name: "latchkey_list_key_ids",
    text: `SELECT id FROM api_keys
      WHERE organization_id = $1::uuid AND id > $2 AND deleted_at IS NULL
        AND ($3::uuid IS NULL OR creator_id = $3::uuid)
      ORDER BY id LIMIT $4::int`,
    values: [organizationId, after, creatorId, limit],
  });
  return rows.map(({ id }) => id);
}
