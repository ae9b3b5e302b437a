import type { Permission } from "../access/permission";
import { isOwnPermission } from "../access/permission";
import { rangeBeyond } from "./address-range";
import type { KeyRateLimit } from "./key-rate-limit";

/** Everything a key can reach, apart from its level and namespace. */
export type CredentialReach = {
  /** Every permission that it can have at its level, whatever its creator's level becomes. */
  readonly permissions: readonly Permission[];
  /** Its effective end, or the requested expiry of a key being created. Null: never. */
  readonly endsAt: Date | null;
  /** Its own expiry. The organization's maximum lifetime does not count, since it can be raised. Null: never. */
  readonly ownExpiresAt: Date | null;
  /** CIDRs; empty means any address. */
  readonly allowedAddresses: readonly string[];
  readonly rateLimit: KeyRateLimit | null;
};

/** The limits of the calling credential, which nothing it creates may exceed. */
export type CredentialBounds = CredentialReach & {
  /** Whether it has every permission its level allows, including the organization's own. */
  readonly hasFullAccess: boolean;
};

export type Excess = {
  readonly field: "roles" | "expiresAt" | "allowedAddresses" | "rateLimit";
  readonly message: string;
};

/** How a new key would exceed the credential that creates it; null if it does not. */
export function excessOf(key: CredentialReach, bounds: CredentialBounds): Excess | null {
  const missing = missingFrom(bounds, key.permissions);
  if (missing !== null) return { field: "roles", message: missing };
  const outlived = outlivedEnd(key, bounds);
  if (outlived !== null) {
    const message = `The key must not expire later than the calling key, which expires at ${outlived.toISOString()}`;
    return { field: "expiresAt", message };
  }
  const beyond = addressesBeyond(key.allowedAddresses, bounds.allowedAddresses);
  if (beyond !== null) {
    const message = `A key with allowed addresses cannot give access from other addresses: ${beyond}`;
    return { field: "allowedAddresses", message };
  }
  if (!isAsSlow(key.rateLimit, bounds.rateLimit)) {
    const { requests, seconds } = bounds.rateLimit ?? { requests: 0, seconds: 0 };
    const message = `A key with a rate limit cannot give a higher one than its own, ${requests} requests in ${seconds} seconds`;
    return { field: "rateLimit", message };
  }
  return null;
}

/** Names the permissions that the credential cannot grant, in a sentence; null if it can grant them all. */
export function missingFrom(
  bounds: Pick<CredentialBounds, "permissions" | "hasFullAccess">,
  given: readonly Permission[],
): string | null {
  const missing = given.filter((permission) => !gives(bounds, permission));
  if (missing.length === 0) return null;
  return `A key cannot give a permission that it does not hold: ${missing.join(", ")}`;
}

/** Does a change give the key nothing new? */
export function isNarrowing(before: CredentialReach, after: CredentialReach): boolean {
  return (
    after.permissions.every((permission) => before.permissions.includes(permission)) &&
    outlivedEnd(after, before) === null &&
    addressesBeyond(after.allowedAddresses, before.allowedAddresses) === null &&
    isAsSlow(after.rateLimit, before.rateLimit)
  );
}

/** `full_access` grants everything the level allows, and every level allows the organization's own permissions. */
function gives(
  { permissions, hasFullAccess }: Pick<CredentialBounds, "permissions" | "hasFullAccess">,
  permission: Permission,
): boolean {
  return permissions.includes(permission) || (hasFullAccess && isOwnPermission(permission));
}

type Ends = Pick<CredentialReach, "endsAt" | "ownExpiresAt">;

/**
 * The end of `bound` that the key would outlive, now or under a longer maximum lifetime; null if there is none. Current
 * ends are not enough: a key with its own expiry could otherwise roll a key that only the policy ends.
 */
function outlivedEnd(key: Ends, bound: Ends): Date | null {
  if (!endsWithin(key.endsAt, bound.endsAt)) return bound.endsAt;
  return endsWithin(key.ownExpiresAt, bound.ownExpiresAt) ? null : bound.ownExpiresAt;
}

function endsWithin(end: Date | null, bound: Date | null): boolean {
  return bound === null || (end !== null && end <= bound);
}

function addressesBeyond(ranges: readonly string[], allowed: readonly string[]): string | null {
  if (allowed.length === 0) return null;
  return ranges.length === 0 ? "everywhere" : (rangeBeyond(ranges, allowed) ?? null);
}

/** Is `limit` at most `bound`, both for bursts and in the long run? */
function isAsSlow(limit: KeyRateLimit | null, bound: KeyRateLimit | null): boolean {
  if (bound === null) return true;
  if (limit === null) return false;
  return limit.requests <= bound.requests && limit.requests * bound.seconds <= bound.requests * limit.seconds;
}
