import type { KeySnapshot } from "@/lib/core/keys/verdict";
import type { VerdictChange } from "../changes/read-changes";
import { CachedKey, KeyTerms, termsFingerprint } from "./cached-key";

/** Keys that came in since the last turn, and what they have in common, by organization. */
class Generation {
  /** Null: there is no such key. */
  readonly keys = new Map<string, CachedKey | null>();
  readonly terms = new Map<string, Map<string, KeyTerms>>();
}

/**
 * What a node remembers of keys, in bounded memory: two generations, of which the elder is dropped when the
 * younger has grown to half of what may be kept. A key that is asked for moves to the younger one, so those
 * in use stay. That costs one map less than keeping the order of every use.
 *
 * Says nothing of whether its memory may be trusted: see lib/verify/changes/change-feed.
 */
export class KeyCache {
  #young = new Generation();
  #old = new Generation();

  /** @param maximum how many keys at most, at least 2 */
  constructor(readonly maximum: number) {}

  get size(): number {
    return this.#young.keys.size + this.#old.keys.size;
  }

  /** Null: there is no such key, as far as is remembered; undefined: nothing is. */
  get(keyId: string): CachedKey | null | undefined {
    const young = this.#young.keys.get(keyId);
    if (young !== undefined) return young?.terms.isStale ? undefined : young;
    const old = this.#old.keys.get(keyId);
    if (old === undefined || old?.terms.isStale) return undefined;
    this.#old.keys.delete(keyId);
    if (old !== null) old.terms = this.#adopt(old, old.terms.fingerprint, () => old.terms);
    this.#add(keyId, old);
    return old;
  }

  set(keyId: string, key: KeySnapshot | null): CachedKey | null {
    this.#old.keys.delete(keyId);
    const cached = key === null ? null : this.#remembered(key);
    this.#add(keyId, cached);
    return cached;
  }

  /** Forgets what may be otherwise now. */
  forget(changes: readonly VerdictChange[] | "everything"): void {
    if (changes === "everything") {
      this.#young = new Generation();
      this.#old = new Generation();
      return;
    }
    for (const { organizationId, keyId, userId } of changes) {
      for (const generation of [this.#young, this.#old]) {
        if (keyId !== null) generation.keys.delete(keyId);
        else forgetTerms(generation, organizationId, userId);
      }
    }
  }

  #remembered(key: KeySnapshot): CachedKey {
    const fingerprint = termsFingerprint(key);
    return new CachedKey(
      key,
      this.#adopt(key, fingerprint, () => new KeyTerms(key, fingerprint)),
    );
  }

  #adopt({ organizationId }: KeySnapshot, fingerprint: string, make: () => KeyTerms): KeyTerms {
    let own = this.#young.terms.get(organizationId);
    if (own === undefined) {
      own = new Map();
      this.#young.terms.set(organizationId, own);
    }
    let terms = own.get(fingerprint);
    if (terms === undefined) {
      terms = make();
      own.set(fingerprint, terms);
    }
    return terms;
  }

  #add(keyId: string, key: CachedKey | null): void {
    this.#young.keys.set(keyId, key);
    if (this.#young.keys.size < this.maximum / 2) return;
    this.#old = this.#young;
    this.#young = new Generation();
  }
}

/** A key whose terms are stale is as good as forgotten, however many keys there are. */
function forgetTerms(generation: Generation, organizationId: string, userId: string | null): void {
  const own = generation.terms.get(organizationId);
  for (const [fingerprint, terms] of own ?? []) {
    if (userId !== null && terms.creatorId !== userId) continue;
    terms.isStale = true;
    own?.delete(fingerprint);
  }
}
