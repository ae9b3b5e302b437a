import { hasCome, readTime } from "../read-time";

const dayMs = 24 * 60 * 60 * 1000;

/** The longest maximum that an organization can set, in days: ten years. */
export const mostLifetimeDays = 3650;

/** An organization's settings for key lifetimes. */
export type LifetimePolicy = {
  /** Whether new keys must have an expiry. */
  readonly requireExpiry: boolean;
  /** The maximum lifetime, in days from creation; null for no maximum. */
  readonly maximumLifetimeDays: number | null;
  /** The organization's default key, as 16 characters. It is the only key exempt from the maximum. */
  readonly defaultKeyId: string | null;
};

/** The part of the policy that decides when keys end. */
export type LifetimeBound = Omit<LifetimePolicy, "requireExpiry">;

/** The maximum lifetime that applies to this key, in days; null for none. */
export function maximumFor(
  { maximumLifetimeDays, defaultKeyId }: LifetimeBound,
  keyId: string,
): number | null {
  return keyId === defaultKeyId ? null : maximumLifetimeDays;
}

/** Does a new maximum end keys earlier than the one before? */
export function isShorter(after: number | null, before: number | null): after is number {
  return after !== null && (before === null || after < before);
}

/** What a key's end depends on: its own times and the policy of its organization now. */
export type KeyLifetime = {
  /** From `maximumFor`. */
  readonly maximumLifetimeDays: number | null;
  readonly createdAt: Date;
  /** The key's own expiry, which never changes. */
  readonly expiresAt: Date | null;
};

/** What can set a key's effective end. */
export const expirySetters = ["key", "policy"] as const;
export type ExpirySetBy = (typeof expirySetters)[number];

/**
 * When a key ends and what sets that end: its own expiry or the organization's maximum lifetime, whichever comes first;
 * the key, if both give the same time. Computed at each decision and never stored with the key, so a relaxed policy
 * gives the time back.
 *
 * @returns null for a key that never ends
 * @throws RangeError if a time or the maximum is invalid
 */
export function keyEnd(key: KeyLifetime): { readonly at: Date; readonly setBy: ExpirySetBy } | null {
  const { expiresAt, maximumLifetimeDays } = key;
  if (maximumLifetimeDays === null) {
    return expiresAt === null ? null : { at: readTime(expiresAt), setBy: "key" };
  }
  // Read `createdAt` only here: a cached key decodes it on every access.
  const end = new Date(key.createdAt.getTime() + lifetimeMs(maximumLifetimeDays));
  return expiresAt !== null && hasCome(expiresAt, end)
    ? { at: expiresAt, setBy: "key" }
    : { at: end, setBy: "policy" };
}

/** When a key ends; see `keyEnd`. */
export function effectiveEnd(key: KeyLifetime): Date | null {
  return keyEnd(key)?.at ?? null;
}

/** What sets a key's end; see `keyEnd`. */
export function expirySetBy(key: KeyLifetime): ExpirySetBy | null {
  return keyEnd(key)?.setBy ?? null;
}

/**
 * Keys created at this time or before have reached the maximum lifetime at `now`.
 *
 * @returns null if there is no maximum
 */
export function lastCreatedOfEnded(maximumLifetimeDays: number | null, now: Date): Date | null {
  return maximumLifetimeDays === null ? null : new Date(now.getTime() - lifetimeMs(maximumLifetimeDays));
}

/** An invalid maximum is an error, never "no maximum": keys would outlive the policy. */
function lifetimeMs(days: number): number {
  if (Number.isInteger(days) && days >= 1 && days <= mostLifetimeDays) return days * dayMs;
  throw new RangeError(`Not a maximum lifetime: ${days} days`);
}
