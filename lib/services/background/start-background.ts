import { cutAuditLogs } from "@/lib/services/audit/retention/cut-audit-logs";
import { tellEnds } from "@/lib/services/keys/ends/tell-ends";
import { endSilentGraces } from "@/lib/services/keys/evidence/end-silent-graces";
import { carryOutFollowUps } from "@/lib/services/keys/follow-up/carry-out-follow-ups";
import { readLog } from "@/lib/services/log-readers/log-reader";
import { mailNotices } from "@/lib/services/notices/mail/mail-notices";
import { noticeReader } from "@/lib/services/notices/notice-reader";
import { removeOldNotices } from "@/lib/services/notices/remove-old-notices";
import { forgetOldSecrets, removeOldDeliveries } from "@/lib/services/webhooks/deliver/remove-old-deliveries";
import { Sender } from "@/lib/services/webhooks/deliver/send-due";
import { webhookReader } from "@/lib/services/webhooks/webhook-reader";
import { BackgroundWork } from "./background-work";

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 3600 * secondMs;

/** Starts the background work of a full node. Locks in the database share it out between nodes and workers. */
export function startBackground(): { readonly stop: () => Promise<void> } {
  const sender = new Sender(() => sending.wake());
  const sending = new BackgroundWork({
    ...{ what: "webhooks could not be sent", everyMs: secondMs },
    run: (_, signal) => sender.sendDue(signal),
  });
  const reading = new BackgroundWork({
    ...{ what: "the audit log could not be read for webhooks", everyMs: secondMs },
    run: async (now, signal) => {
      const hasRead = await readLog(webhookReader, now, signal);
      if (hasRead) sending.wake();
      return hasRead;
    },
  });
  const noticing = new BackgroundWork({
    ...{ what: "the audit log could not be read for notices", everyMs: secondMs },
    run: (now, signal) => readLog(noticeReader, now, signal),
  });
  const removing = new BackgroundWork({
    ...{ what: "old webhook deliveries and secrets could not be removed", everyMs: hourMs },
    run: async () => {
      await forgetOldSecrets();
      return removeOldDeliveries();
    },
  });
  const mailing = new BackgroundWork({
    ...{ what: "notices could not be mailed", everyMs: 5 * secondMs },
    run: mailNotices,
  });
  const forgetting = new BackgroundWork({
    ...{ what: "old notices could not be removed", everyMs: hourMs },
    run: removeOldNotices,
  });
  const ending = new BackgroundWork({
    ...{ what: "the ends of keys could not be told", everyMs: minuteMs },
    run: tellEnds,
  });
  const following = new BackgroundWork({
    ...{ what: "the rows of many keys that changed at once could not be written", everyMs: secondMs },
    run: carryOutFollowUps,
  });
  const watching = new BackgroundWork({
    ...{ what: "grace periods could not be looked at", everyMs: minuteMs },
    run: endSilentGraces,
  });
  const cutting = new BackgroundWork({
    ...{ what: "audit logs could not be cut", everyMs: hourMs },
    run: cutAuditLogs,
  });
  return {
    stop: async () => {
      const all = [
        reading,
        sending,
        removing,
        noticing,
        mailing,
        forgetting,
        ending,
        cutting,
        watching,
        following,
      ];
      await Promise.all(all.map((work) => work.stop()));
      await sender.idle();
    },
  };
}
