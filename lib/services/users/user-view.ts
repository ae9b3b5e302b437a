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

/** The one answer that holds the link. */
export type CreatedUser = {
  readonly email: string;
  readonly accessLevel: AccessLevel;
  /** Null for who has an account and is invited: they are no member before they accept. */
  readonly user: UserView | null;
  readonly link: string;
  readonly expiresAt: Date;
  readonly mail: MailOutcome;
};
