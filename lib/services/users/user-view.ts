import type { AccessLevel } from "@/lib/core/access/access-level";
import type { MailOutcome } from "@/lib/mail/send-mail";

/** A member of the organization, as the API returns them. */
export type UserView = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly accessLevel: AccessLevel;
  /** When they became a member. */
  readonly createdAt: Date;
};

/** The answer to the program that creates a user. */
export type CreatedUser = {
  readonly email: string;
  readonly accessLevel: AccessLevel;
  /** Null if the email already has an account: its owner is invited, and joins by accepting. */
  readonly user: UserView | null;
  /** The link to hand over. Null if a mail server is configured, since the link is then only mailed. */
  readonly link: string | null;
  readonly expiresAt: Date;
  readonly mail: MailOutcome;
};
