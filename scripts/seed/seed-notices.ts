import { inTransaction } from "@/lib/db/client";
import { tellEnds } from "@/lib/services/keys/ends/tell-ends";
import { readLog } from "@/lib/services/log-readers/log-reader";
import { noticeReader } from "@/lib/services/notices/notice-reader";
import { auditSessionEvent } from "@/lib/services/sessions/record-session-event";
import type { ActAs } from "./seed-result";

const hourMs = 60 * 60 * 1000;
const laptop =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15";

/** Adds a sign-in from a new browser, and creates the notices that a running server would have created by now. */
export async function seedNotices(actAs: ActAs, now: Date): Promise<void> {
  const at = new Date(now.getTime() - 3 * hourMs);
  const { actor, origin } = await actAs("OWNER", at);
  await inTransaction((transaction) =>
    auditSessionEvent(
      transaction,
      "member.signed_in",
      actor.userId,
      { ...origin, userAgent: laptop },
      { newBrowser: true },
    ),
  );
  while (await tellEnds(now));
  const { signal } = new AbortController();
  while (await readLog(noticeReader, now, signal));
}
