import type { AccessLevel } from "./access-level";
import { isAtLeast } from "./access-level";
import type { KeyCreators, Permission } from "./permission";
import { levelHolds } from "./permission";
import { hasCome } from "./read-time";

/** How long the tokens live that are granted with a key, and how long an answer that was lost is given again. */
export const accessTokenSeconds = 900;
export const refreshTokenSeconds = 30 * 24 * 60 * 60;
const repeatSeconds = 10;

/** `seconds` after `from`, or at the first of the moments in `bounds` that comes before; null bounds nothing. */
export function endOfToken(from: Date, seconds: number, bounds: readonly (Date | null)[]): Date {
  const ends = bounds.flatMap((bound) => (bound === null ? [] : [bound.getTime()]));
  return new Date(Math.min(from.getTime() + seconds * 1000, ...ends));
}

/** What becomes of a refresh token that is presented. */
export type RefreshVerdict = "redeem" | "repeat" | "reuse" | "expired" | "revoked";

/**
 * A refresh token is used once. Presented again within 10 seconds it is most likely a request whose answer
 * was lost, and gives what it gave; later, or once its family was ended, somebody has a copy of it. At
 * `expiresAt` exactly it is expired. (RFC 6749, 10.4; RFC 9700, 4.14.2)
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

/** What a token takes away from the permissions of its key. */
export type TokenLimit =
  | { readonly by: "scope"; readonly permissions: readonly Permission[] }
  | {
      readonly by: "user";
      /** The level, in the key's namespace now, of the user whom the token acts for. */
      readonly level: AccessLevel;
      readonly permissions: readonly Permission[];
    };

/**
 * `scope ∩ the key's permissions now`, and for a token that acts for a user ∩ what that user's level in the
 * key's namespace holds now.
 *
 * @param permissions of the key at this moment, sorted
 * @param token the scope it was issued with, and the user's level; null when it acts for nobody but the key
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
 * May a key of this level act for a user of this level? Whoever is given a key cannot use it above what
 * they are themselves.
 *
 * @param userLevel in the key's namespace now; null when they have no grant there
 */
export function mayActFor(
  key: { readonly accessLevel: AccessLevel },
  userLevel: AccessLevel | null,
): userLevel is AccessLevel {
  return userLevel !== null && isAtLeast(userLevel, key.accessLevel);
}
