import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** Has `k` ended in effect, although its row does not say so yet? */
export const endedInEffectSql = Prisma.sql`EXISTS (SELECT 1 FROM follow_up_keys p
  JOIN follow_ups f ON f.id = p.follow_up_id WHERE p.key_id = k.id AND f.verb = 'revoke')`;

/** Which of these keys have ended in effect. */
export async function endedInEffect(
  transaction: Transaction,
  organizationId: string,
  keyIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const ended = await transaction.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT p.key_id AS id FROM follow_ups f JOIN follow_up_keys p ON p.follow_up_id = f.id
    WHERE f.organization_id = ${organizationId}::uuid AND f.verb = 'revoke' AND p.key_id = ANY(${[...keyIds]})`;
  return new Set(ended.map(({ id }) => id));
}
