import type { AccessLevel } from "@/lib/core/access-level";
import type { MailOutcome } from "@/lib/mail/send-mail";

/** What the person who invites is told. */
export type MadeInvitation = {
  readonly email: string;
  readonly accessLevel: AccessLevel;
  /** Of the link to hand over. Null where a mail server is set: the link goes by mail alone. */
  readonly token: string | null;
  readonly expiresAt: Date;
  /** What became of the mail. */
  readonly mail: MailOutcome;
};

/** An invitation that was neither accepted nor revoked; its time may be over. */
export type InvitationRow = {
  readonly id: string;
  readonly email: string;
  readonly accessLevel: AccessLevel;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** `pages` is at least 1; `page` is the one asked for, or the last when there are not as many any more. */
export type InvitationPage = {
  readonly rows: readonly InvitationRow[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
};

/** What the holder of the link may know. */
export type OpenInvitation = {
  readonly email: string;
  readonly accessLevel: AccessLevel;
  readonly organizationName: string;
  readonly invitedBy: string;
  /** Somebody signs in with this email already. */
  readonly hasAccount: boolean;
};
