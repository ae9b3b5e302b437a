import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { Mail, MailOutcome } from "@/lib/mail/send-mail";
import { sendMail } from "@/lib/mail/send-mail";
import { countAttempt } from "@/lib/services/throttle/count-attempt";
import { minutesUntil } from "@/lib/services/throttle/minutes-until";
import { returnAttempt } from "@/lib/services/throttle/return-attempt";
import type { Throttle } from "@/lib/services/throttle/throttle";
import type { MailShare } from "./mail-share";

/** The parties whose limits a mail counts against. Null if a limit does not apply. */
export type MailParties = {
  readonly recipient: string;
  readonly senderId: string | null;
  readonly organizationId: string | null;
};

/** A reservation for one mail, which is counted already. */
export type MailPlace = {
  /** Sends the mail. Never throws. */
  readonly send: (mail: Mail) => Promise<MailOutcome>;
  /** Releases the reservation if no mail will be sent after all. */
  readonly release: () => Promise<void>;
};

type Reserved = { readonly place: MailPlace } | { readonly fullUntil: Date };

const nothing: MailPlace = { send: async () => "off", release: async () => undefined };

/**
 * Reserves one mail before the change that it reports, so a refused caller has changed nothing. It counts in the
 * database, so all nodes share one budget. The narrowest limit comes first, and a refusal releases what was counted
 * before it: one greedy sender does not use up other people's share.
 */
export async function reserveMail(share: MailShare, parties: MailParties, at: Date): Promise<Reserved> {
  if (env().smtp === undefined) return { place: nothing };
  const counted: [Throttle, string][] = [];
  const release = async () => {
    for (const [throttle, subject] of counted.splice(0)) await returnAttempt(throttle, subject);
  };
  for (const [throttle, subject] of boundsOf(share, parties)) {
    const { retryAt: fullUntil } = await countAttempt(throttle, subject, at);
    if (fullUntil !== null) {
      await release();
      return { fullUntil };
    }
    counted.push([throttle, subject]);
  }
  return { place: { send: sendMail, release } };
}

/** Sends a mail that no caller waits for, such as a warning, if its budget allows. Never throws. */
export async function sendWithinBudget(
  share: MailShare,
  mail: Mail,
  organizationId: string | null,
  at: Date,
): Promise<void> {
  try {
    const parties = { recipient: mail.to, senderId: null, organizationId };
    const reserved = await reserveMail(share, parties, at);
    if ("place" in reserved) await reserved.place.send(mail);
    else log().warn({ share: share.installation.name }, "a mail was not sent: the hourly limit is used up");
  } catch (error) {
    log().error({ err: error }, "a mail was not sent");
  }
}

function boundsOf(share: MailShare, parties: MailParties): [Throttle, string][] {
  const { recipient, senderId, organizationId } = parties;
  const bounds: [Throttle | null, string | null][] = [
    [share.sender, senderId],
    [share.recipient, recipient],
    [share.organization, organizationId],
    [share.installation, "all"],
  ];
  return bounds.filter((bound): bound is [Throttle, string] => bound[0] !== null && bound[1] !== null);
}

/** The refusal when the mail budget is used up. Nothing was changed. */
export function mailRefused(fullUntil: Date, now: Date): Failure {
  const milliseconds = Math.max(1_000, fullUntil.getTime() - now.getTime());
  const detail = `Too many mails were sent within an hour, so nothing was done. Try again in ${minutesUntil(fullUntil, now)}.`;
  return { ...failure("rate_limited", detail), retryAfterSeconds: Math.ceil(milliseconds / 1000) };
}
