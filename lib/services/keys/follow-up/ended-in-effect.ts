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
    SELECT k.id FROM api_keys k
    WHERE k.organization_id = ${organizationId}::uuid AND k.id = ANY(${[...keyIds]}) AND ${endedInEffectSql}`;
  return new Set(ended.map(({ id }) => id));
}
