import type { Throttle } from "@/lib/services/throttle/throttle";

const hourMs = 60 * 60 * 1000;
const anHour = (name: string, attempts: number): Throttle => ({
  name: `mail:${name}`,
  attempts,
  windowMs: hourMs,
});

/**
 * The hourly mail limits for one purpose. Each purpose has its own, so invitations, which anyone signed in can send,
 * never use up the mails for resets or warnings.
 */
export type MailShare = {
  readonly recipient: Throttle;
  /** Per person, or per creator of the calling key. Null when this kind of mail has no sender. */
  readonly sender: Throttle | null;
  readonly organization: Throttle | null;
  readonly installation: Throttle;
};

/** Mails to people who may not know this installation, with text chosen by others. */
export const invitationShare: MailShare = {
  recipient: anHour("invitation:recipient", 5),
  sender: anHour("invitation:sender", 100),
  organization: anHour("invitation:organization", 200),
  installation: anHour("invitation:installation", 1_000),
};

/** Anyone can request these, signed in or not. */
export const resetShare: MailShare = {
  recipient: anHour("reset:recipient", 5),
  sender: null,
  organization: null,
  installation: anHour("reset:installation", 500),
};

/** That a password was changed. It is not sent later, so no other mails may use it up. */
export const passwordShare: MailShare = {
  recipient: anHour("password:recipient", 10),
  sender: null,
  organization: null,
  installation: anHour("password:installation", 1_000),
};

/** Notices of what happens to people's accounts, keys and organizations. */
export const noticeShare: MailShare = {
  recipient: anHour("notice:recipient", 30),
  sender: null,
  organization: anHour("notice:organization", 300),
  installation: anHour("notice:installation", 2_000),
};
