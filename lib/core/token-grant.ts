import type { AccessLevel } from "./access/access-level";
import { isAtLeast } from "./access/access-level";
import type { KeyCreators, Permission } from "./access/permission";
import { levelHolds } from "./access/permission";
import { hasCome } from "./read-time";

/** How long granted tokens live, and how long a repeated request gets the same response again. */
export const accessTokenSeconds = 900;
export const refreshTokenSeconds = 30 * 24 * 60 * 60;
const repeatSeconds = 10;

/** `seconds` after `from`, or the earliest time in `bounds` if that comes first. Null bounds do not count. */
export function endOfToken(from: Date, seconds: number, bounds: readonly (Date | null)[]): Date {
  const ends = bounds.flatMap((bound) => (bound === null ? [] : [bound.getTime()]));
  return new Date(Math.min(from.getTime() + seconds * 1000, ...ends));
}

/** What to do with a presented refresh token. */
export type RefreshVerdict = "redeem" | "repeat" | "reuse" | "expired" | "revoked";

/**
 * A refresh token works once. If it is presented again within 10 seconds, its response was probably lost, so the same
 * response is sent again. After that, or once its family has ended, somebody has a copy of it. It is expired from
 * exactly `expiresAt` on. (RFC 6749, 10.4; RFC 9700, 4.14.2)
 */
export function judgeRefresh(
  token: {
    readonly usedAt: Date | null;
    readonly family: { readonly expiresAt: Date; readonly revokedAt: Date | null };
  },
  now: Date,
): RefreshVerdict {
  if (token.family.revokedAt !== null) return "revoked";
  if (hasCome(token.family.expiresAt, now)) return "expired";
  if (token.usedAt === null) return "redeem";
  return now.getTime() - token.usedAt.getTime() <= repeatSeconds * 1000 ? "repeat" : "reuse";
}

/** What can remove permissions from a token that its key has. */
export type TokenLimit =
  | { readonly by: "scope"; readonly permissions: readonly Permission[] }
  | {
      readonly by: "user";
      /** The current level, in the key's namespace, of the user the token acts for. */
      readonly level: AccessLevel;
      readonly permissions: readonly Permission[];
    };

/**
 * `scope ∩ the key's current permissions`, and for a token that acts for a user also ∩ what that user's current level
 * in the key's namespace holds.
 *
 * @param permissions the key's current ones, sorted
 * @param token its scope, and the user's level; null if it does not act for a user
 */
export function boundByToken(
  permissions: readonly Permission[],
  token: { readonly scope: readonly Permission[]; readonly userLevel: AccessLevel | null },
  keyCreators: KeyCreators,
): { readonly permissions: readonly Permission[]; readonly limits: readonly TokenLimit[] } {
  const { scope, userLevel } = token;
  const granted = permissions.filter((permission) => scope.includes(permission));
  const left = granted.filter(
    (permission) => userLevel === null || levelHolds(userLevel, permission, keyCreators),
  );
  const limits: TokenLimit[] = [];
  const outside = permissions.filter((permission) => !granted.includes(permission));
  if (outside.length > 0) limits.push({ by: "scope", permissions: outside });
  const above = granted.filter((permission) => !left.includes(permission));
  if (userLevel !== null && above.length > 0) {
    limits.push({ by: "user", level: userLevel, permissions: above });
  }
  return { permissions: left, limits };
}

/**
 * May a key of this level act for a user of this level? Only if the key's level is no higher, so that a key never gives
 * a user more than they have.
 *
 * @param userLevel their current level in the key's namespace; null if they have no grant there
 */
export function mayActFor(
  key: { readonly accessLevel: AccessLevel },
  userLevel: AccessLevel | null,
): userLevel is AccessLevel {
  return userLevel !== null && isAtLeast(userLevel, key.accessLevel);
}
