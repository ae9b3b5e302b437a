import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Limit } from "@/lib/core/access/effective-permissions";
import type { Permission } from "@/lib/core/access/permission";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import type { TokenLimit } from "@/lib/core/token-grant";

/** A key that proved itself, with one of its secrets or an access token, and what it may do at this moment. */
export type AuthenticatedKey = {
  readonly key: KeySnapshot;
  readonly secretId: string;
  readonly secret: "current" | "previous";
  readonly permissions: readonly Permission[];
  /** What takes permissions from the key itself. */
  readonly limits: readonly Limit[];
  /** Null when one of the key's own secrets was presented. */
  readonly accessToken: AuthenticatedToken | null;
};

/** The access token by which a key proved itself. */
export type AuthenticatedToken = {
  /** The `jti` claim. */
  readonly id: string;
  readonly family: { readonly id: string; readonly expiresAt: Date };
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** Of the moment of issue; it only goes down from there. */
  readonly accessLevel: AccessLevel;
  /** Whom it acts for; null when for the key alone. */
  readonly user: TokenUser | null;
  /** What the token takes from the permissions of the key. */
  readonly limits: readonly TokenLimit[];
};

/** `level` is what they have in the key's namespace now. */
export type TokenUser = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly level: AccessLevel;
};
