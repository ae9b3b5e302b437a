import type { Transaction } from "@/lib/db/client";

/** The latest pause of each key, or null for its end, that has taken effect but is not in the key's row yet. */
export async function pausesToFollow(
  transaction: Transaction,
  organizationId: string,
  keyIds: readonly string[],
): Promise<ReadonlyMap<string, Date | null>> {
  const rows = await transaction.$queryRaw<{ id: string; pausedAt: Date | null }[]>`
    SELECT DISTINCT ON (p.key_id) p.key_id AS id, CASE f.verb WHEN 'pause' THEN f.at END AS "pausedAt"
    FROM follow_ups f JOIN follow_up_keys p ON p.follow_up_id = f.id
    WHERE f.organization_id = ${organizationId}::uuid AND f.verb <> 'revoke' AND p.key_id = ANY(${[...keyIds]})
    ORDER BY p.key_id, f.position DESC`;
  return new Map(rows.map(({ id, pausedAt }) => [id, pausedAt]));
}
