import type { Throttle } from "@/lib/services/throttle/throttle";

const hourMs = 60 * 60 * 1000;
const anHour = (name: string, attempts: number): Throttle => ({
  name: `mail:${name}`,
  attempts,
  windowMs: hourMs,
});

/**
 * The hourly mail limits for one purpose. Purposes do not share limits, so invitations, which anyone signed in can
 * send, never use up the mails for resets or warnings.
 */
export type MailShare = {
  readonly recipient: Throttle;
  /** Per person, or per creator of the calling key. Null for mail without a sender. */
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

/** Mails about a changed password. They are not sent later, so no other mails may use up their limit. */
export const passwordShare: MailShare = {
  recipient: anHour("password:recipient", 10),
  sender: null,
  organization: null,
  installation: anHour("password:installation", 1_000),
};

/** Notices about events in people's accounts, keys and organizations. */
export const noticeShare: MailShare = {
  recipient: anHour("notice:recipient", 30),
  sender: null,
  organization: anHour("notice:organization", 300),
  installation: anHour("notice:installation", 2_000),
};
