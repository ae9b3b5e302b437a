import type { Transaction } from "@/lib/db/client";

/** Pauses, and ends of pauses (null), that have taken effect and are not in the keys' rows yet: the last one of each key. */
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
