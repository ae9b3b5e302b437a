import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Limit } from "@/lib/core/access/effective-permissions";
import type { Permission } from "@/lib/core/access/permission";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { TokenLimit } from "@/lib/core/token-grant";

/** A key that was authenticated by one of its secrets or an access token, and its current permissions. */
export type AuthenticatedKey = {
  readonly key: KeySnapshot;
  readonly secretId: string;
  readonly secret: "current" | "previous";
  readonly permissions: readonly Permission[];
  /** What reduces the key's own permissions. */
  readonly limits: readonly Limit[];
  /** Null if one of the key's own secrets was presented. */
  readonly accessToken: AuthenticatedToken | null;
};

/** The access token that authenticated a key. */
export type AuthenticatedToken = {
  /** The `jti` claim. */
  readonly id: string;
  /** The key that signed it. */
  readonly signingKeyId: string;
  readonly family: { readonly id: string; readonly expiresAt: Date };
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** The level that the token was issued with, or a lower one that its family has now. */
  readonly accessLevel: AccessLevel;
  /** The user it acts for, with the current level in the key's namespace; null if it acts for the key alone. */
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly level: AccessLevel;
  } | null;
  /** How the token reduces the key's permissions. */
  readonly limits: readonly TokenLimit[];
};

/**
 * The failure for a key used from an address that it is not bound to. It names the address that was seen: behind a
 * proxy, that shows what to fix.
 */
export function forbiddenFrom(address: string | null): Failure {
  return failure(
    "forbidden",
    address === null
      ? "This key may only be used from certain addresses, and the address it was used from is unknown."
      : `This key may not be used from ${address}: it is restricted to other addresses.`,
  );
}
