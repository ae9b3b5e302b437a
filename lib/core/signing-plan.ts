import { accessTokenSeconds } from "./token-grant";

/** The times of a signing key. */
export type SigningKeyTimes = {
  readonly id: string;
  readonly generation: number;
  readonly createdAt: Date;
  readonly signsFrom: Date;
};

const rotateAfterMs = 90 * 24 * 60 * 60 * 1000;

/**
 * How long a new key is published before it signs: twice as long as published keys may be cached, so that no resource
 * server sees a signature by a key that it cannot know yet.
 */
export const publishedAheadMs = 10 * 60 * 1000;
export const publishedKeysSeconds = 5 * 60;

/** How far two nodes' clocks may differ. */
const skewMs = 5 * 60 * 1000;

/**
 * The key that signs at `now`: the newest that has started. On a node whose clock lags, the first key also signs
 * before its start. Undefined if there are no keys.
 */
export function signerAt<Key extends SigningKeyTimes>(keys: readonly Key[], now: Date): Key | undefined {
  const sorted = newestFirst(keys);
  return sorted.find((key) => key.signsFrom <= now) ?? sorted.at(-1);
}

/** Is a new key due? Yes if there is none, or the newest is 90 days old. */
export function isRotationDue(keys: readonly SigningKeyTimes[], now: Date): boolean {
  const newest = newestFirst(keys)[0];
  return newest === undefined || now.getTime() - newest.createdAt.getTime() >= rotateAfterMs;
}

/**
 * The keys to publish: current and upcoming signers, and older keys until every access token they signed has expired.
 * (RFC 7517)
 */
export function publishedKeys<Key extends SigningKeyTimes>(keys: readonly Key[], now: Date): Key[] {
  return newestFirst(keys).filter((_, index, sorted) => {
    const successor = sorted[index - 1];
    if (successor === undefined) return true;
    return now.getTime() < successor.signsFrom.getTime() + accessTokenSeconds * 1000 + skewMs;
  });
}

function newestFirst<Key extends SigningKeyTimes>(keys: readonly Key[]): Key[] {
  return [...keys].sort((a, b) => b.generation - a.generation);
}
