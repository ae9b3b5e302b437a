import type { Throttle } from "@/lib/services/throttle/throttle";

const hourMs = 60 * 60 * 1000;
const anHour = (name: string, attempts: number): Throttle => ({
  name: `mail:${name}`,
  attempts,
  windowMs: hourMs,
});

/**
 * The mails that one part of the installation may send in an hour. The parts count apart, so that
 * invitations, which anybody who is signed in can have sent, never use up what a reset or a warning needs.
 */
export type MailShare = {
  readonly recipient: Throttle;
  /** The person, or the creator of the key that asks. Null when nobody asks for this kind of mail. */
  readonly sender: Throttle | null;
  readonly organization: Throttle | null;
  readonly installation: Throttle;
};

/** Mails to people who may never have heard of us, with text that others chose. */
export const invitationShare: MailShare = {
  recipient: anHour("invitation:recipient", 5),
  sender: anHour("invitation:sender", 100),
  organization: anHour("invitation:organization", 200),
  installation: anHour("invitation:installation", 1_000),
};

/** Anybody can ask for these, signed in or not. */
export const resetShare: MailShare = {
  recipient: anHour("reset:recipient", 5),
  sender: null,
  organization: null,
  installation: anHour("reset:installation", 500),
};

/** Warnings to people about their own account and keys. */
export const noticeShare: MailShare = {
  recipient: anHour("notice:recipient", 30),
  sender: null,
  organization: anHour("notice:organization", 300),
  installation: anHour("notice:installation", 2_000),
};
