import type { JsonText } from "../../json/json-text";
import type { SharedText } from "../../json/shared-texts";
import { readTime } from "../../read-time";
import type { KeyRateLimit } from "../key-rate-limit";
import type { KeySnapshot } from "../verdict";

/** The fields that few keys have. Times are in milliseconds since the epoch. */
export type Rarity = {
  readonly subject: string | null;
  readonly metadata: SharedText | null;
  readonly pausedAt: number | null;
  readonly revokedAt: number | null;
  readonly deletedAt: number | null;
  readonly allowedAddresses: readonly string[];
  readonly rateLimit: KeyRateLimit | null;
};

/** Null or just the metadata for most keys, which saves an object. */
export type Extra = Rarity | SharedText | null;

export const nothing: Rarity = {
  ...{ subject: null, metadata: null, pausedAt: null, revokedAt: null, deletedAt: null },
  ...{ allowedAddresses: [], rateLimit: null },
};

export function rarityOf(extra: Extra): Rarity {
  if (extra === null) return nothing;
  return "rateLimit" in extra ? extra : { ...nothing, metadata: extra };
}

/** @throws RangeError for an invalid time */
export function extraOf(key: KeySnapshot, share: (json: JsonText) => SharedText): Extra {
  const { subject, allowedAddresses, rateLimit } = key;
  const times = {
    pausedAt: timeOrNull(key.pausedAt),
    revokedAt: timeOrNull(key.revokedAt),
    deletedAt: timeOrNull(key.deletedAt),
  };
  const metadata = key.metadata && share(key.metadata);
  const isPlain = subject === null && allowedAddresses.length === 0 && rateLimit === null;
  if (isPlain && Object.values(times).every((time) => time === null)) return metadata;
  return { subject, metadata, ...times, allowedAddresses, rateLimit };
}

/** NaN for null. Throws on an invalid date, whose NaN would otherwise mean "never ends". */
export function timeOf(date: Date | null): number {
  return timeOrNull(date) ?? Number.NaN;
}

function timeOrNull(date: Date | null): number | null {
  return date === null ? null : readTime(date).getTime();
}
