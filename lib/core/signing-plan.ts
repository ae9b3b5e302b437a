import { accessTokenSeconds } from "./token-grant";

/** A signing key, as far as its times go. */
export type SigningKeyTimes = {
  readonly id: string;
  readonly generation: number;
  readonly createdAt: Date;
  readonly signsFrom: Date;
};

const rotateAfterMs = 90 * 24 * 60 * 60 * 1000;

/**
 * How long a new key is published before it signs: twice what a copy of the published keys may be kept, so
 * that no resource server meets a signature whose key it cannot know.
 */
export const publishedAheadMs = 10 * 60 * 1000;
export const publishedKeysSeconds = 5 * 60;

/** By how much the clocks of two nodes may differ. */
const skewMs = 5 * 60 * 1000;

/**
 * The key that signs at `now`: the newest whose time has come. By a clock that is behind the one of the
 * node that made the first key, it is that key. Undefined when there is none.
 */
export function signerAt<Key extends SigningKeyTimes>(keys: readonly Key[], now: Date): Key | undefined {
  const sorted = newestFirst(keys);
  return sorted.find((key) => key.signsFrom <= now) ?? sorted.at(-1);
}

/** Is it time for the next key? When there is none, or the newest is 90 days old. */
export function isRotationDue(keys: readonly SigningKeyTimes[], now: Date): boolean {
  const newest = newestFirst(keys)[0];
  return newest === undefined || now.getTime() - newest.createdAt.getTime() >= rotateAfterMs;
}

/**
 * The keys that are published: those that sign or will, and older ones until no access token that they
 * signed can live. (RFC 7517)
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
