import type { AccessLevel } from "@/lib/core/access-level";

/** The one answer that holds an invitation's token. */
export type MadeInvitation = {
  readonly email: string;
  readonly accessLevel: AccessLevel;
  readonly token: string;
  readonly expiresAt: Date;
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

/** What the holder of the link may know. */
export type OpenInvitation = {
  readonly email: string;
  readonly accessLevel: AccessLevel;
  readonly organizationName: string;
  readonly invitedBy: string;
  /** Somebody signs in with this email already. */
  readonly hasAccount: boolean;
};
