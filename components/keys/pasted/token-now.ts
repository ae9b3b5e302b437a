import { effectiveEnd } from "@/lib/core/keys/effective-end";
import type { TokenMatch } from "@/lib/services/jump/list-matches";
import type { KeyRow } from "@/lib/services/keys/read/key-view";

type KeyNow = Pick<
  KeyRow,
  | ("name" | "status" | "revokedAt" | "graceEndsAt" | "secretVersion")
  | ("createdAt" | "expiresAt" | "maximumLifetimeDays")
>;

/**
 * Updates what is known of a pasted token with its key's current state: the key may have been paused, ended or rolled
 * since. The token itself is not kept, so it cannot be looked up again.
 *
 * @param key null if it is gone, undefined if nothing newer is known
 */
export function tokenNow(token: TokenMatch, key: KeyNow | null | undefined): TokenMatch {
  if (key === undefined) return token;
  if (key === null) return { ...token, status: "deleted" };
  const { name, status, revokedAt } = key;
  const endedAt = status === "revoked" ? revokedAt : status === "expired" ? effectiveEnd(key) : null;
  return { ...token, name, status, endedAt, secret: secretNow(token, key) };
}

function secretNow({ secret, status, secretVersion }: TokenMatch, key: KeyNow): TokenMatch["secret"] {
  if (secret !== "current" && secret !== "previous") return secret;
  const rolls = key.secretVersion - secretVersion;
  if (rolls === 0 && (secret === "current" || key.graceEndsAt !== null)) return secret;
  if (key.graceEndsAt === null) return "ended";
  // A roll during a grace ends the previous secret, or the current one if it was never used; this token can be either.
  return rolls === 1 && status !== "rolling" ? "previous" : "cut";
}
