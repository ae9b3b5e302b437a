import { chosenKinds, paceOf } from "@/lib/core/notices/notice-kinds";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { ChooseNoticeMailsInput } from "@/lib/schemas/notices/notices";
import type { Origin, UserActor } from "@/lib/services/access/context";
import { recordSessionEvent } from "@/lib/services/sessions/record-session-event";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";

/**
 * Sets the kinds of notices that a person gets by mail, and records it in the audit log, since an intruder could turn
 * off warnings. Stores the kinds that are turned off, so that future kinds are mailed. Notices that already wait are
 * checked against the choice when they are mailed.
 */
export async function chooseNoticeMails(
  actor: UserActor,
  { mailed }: ChooseNoticeMailsInput,
  origin: Origin,
): Promise<Result<null>> {
  const context = { actor, origin };
  const unmailed = chosenKinds.filter((kind) => !mailed.includes(kind));
  return inTransaction(async (transaction) => {
    const [before] = await transaction.$queryRaw<{ readonly unmailed: readonly string[] }[]>`
      SELECT unmailed FROM notice_readers WHERE user_id = ${actor.userId}::uuid FOR UPDATE`;
    const endsUrgent = unmailed.some(
      (kind) => paceOf[kind] === "urgent" && before?.unmailed.includes(kind) !== true,
    );
    const late = requireFreshPassword(context, "chooseNoticeMails", { endsUrgent });
    if (late !== null) return late;
    // Whoever never had a notice counts as having read all earlier ones.
    await transaction.$executeRaw`
      INSERT INTO notice_readers (user_id, read_through, unmailed)
      VALUES (${actor.userId}::uuid, nextval('notice_items_position_seq'), ${unmailed}::text[])
      ON CONFLICT (user_id) DO UPDATE SET unmailed = excluded.unmailed`;
    const mailedBefore = chosenKinds.filter((kind) => before?.unmailed.includes(kind) !== true);
    const mailedNow = chosenKinds.filter((kind) => mailed.includes(kind));
    if (mailedBefore.join() === mailedNow.join()) return success(null);
    await recordSessionEvent(transaction, "member.mails_chosen", actor.userId, origin, {
      mailedBefore,
      mailed: mailedNow,
    });
    return success(null);
  });
}
