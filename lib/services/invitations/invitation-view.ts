import type { AccessLevel } from "@/lib/core/access/access-level";
import type { MailOutcome } from "@/lib/mail/send-mail";

/** The answer to the person or program that invites. */
export type MadeInvitation = {
  readonly id: string;
  readonly email: string;
  readonly accessLevel: AccessLevel;
  /** The token of the link to hand over. Null when a mail server is configured: the link is only mailed. */
  readonly token: string | null;
  readonly expiresAt: Date;
  /** What happened to the mail. */
  readonly mail: MailOutcome;
};

/** An invitation that was neither accepted nor revoked. It may have expired. */
export type InvitationRow = {
  readonly id: string;
  readonly email: string;
  readonly accessLevel: AccessLevel;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** An invitation, for programs. */
export type InvitationView = Omit<InvitationRow, "invitedBy"> & {
  readonly createdBy: { readonly id: string; readonly name: string; readonly email: string };
  /** The key that made it; null for a person. */
  readonly createdByKeyId: string | null;
};

/** `page` is the requested page, or the last one if there are fewer. `pages` is at least 1. */
export type InvitationPage = {
  readonly rows: readonly InvitationRow[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
};

/** What anyone with the link may see. */
export type OpenInvitation = {
  readonly email: string;
  readonly accessLevel: AccessLevel;
  readonly organizationName: string;
  readonly invitedBy: string;
  /** Whether an account with a password exists for this email. */
  readonly hasAccount: boolean;
};
