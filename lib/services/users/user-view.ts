import type { AccessLevel } from "@/lib/core/access-level";
import type { MailOutcome } from "@/lib/mail/send-mail";

/** A member of the organization, as the API shows them. */
export type UserView = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly accessLevel: AccessLevel;
  /** When they became a member. */
  readonly createdAt: Date;
};

/** What the program that creates a user is told. */
export type CreatedUser = {
  readonly email: string;
  readonly accessLevel: AccessLevel;
  /** Null when the email has an account: its holder is invited, and joins by accepting. */
  readonly user: UserView | null;
  /** To hand over. Null where a mail server is set: the link goes by mail alone. */
  readonly link: string | null;
  readonly expiresAt: Date;
  readonly mail: MailOutcome;
};
