import { mergeEdit } from "@/lib/core/merge-edit";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { ProfileInput } from "@/lib/schemas/account";
import type { Origin, UserActor } from "@/lib/services/access/context";
import { auditSessionEvent } from "@/lib/services/sessions/record-session-event";

/** Changes the person's display name, and records it in each of their organizations' audit logs. */
export async function updateProfile(
  actor: UserActor,
  { name, seen }: ProfileInput,
  origin: Origin,
): Promise<Result<null>> {
  const where = { id: actor.userId };
  return inTransaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM users WHERE id = ${actor.userId}::uuid FOR NO KEY UPDATE`;
    const there = await transaction.user.findUniqueOrThrow({ where, select: { name: true } });
    const merged = mergeEdit(there, { name }, seen);
    if (!merged.ok) return merged;
    if (merged.value.name === there.name) return success(null);
    await transaction.user.update({ where, data: merged.value });
    await auditSessionEvent(transaction, "member.renamed", actor.userId, origin, { nameBefore: there.name });
    return success(null);
  });
}
