import type { JsonText } from "@/lib/core/json/json-text";
import type { SharedText } from "@/lib/core/json/shared-texts";
import { SharedTexts } from "@/lib/core/json/shared-texts";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import type { VerdictChange } from "../changes/read-changes";
import { CachedKey, KeyTerms, termsFingerprint } from "./cached-key";

/** About what a key takes besides its metadata; see docs/benchmarks.md. */
const bytesOfKey = 300;

/** The keys added since the last rotation, their metadata, and their terms by organization. */
class Generation {
  /** Null for an id without a key. */
  readonly keys = new Map<string, CachedKey | null>();
  readonly metadata = new SharedTexts();
  readonly terms = new Map<string, Map<string, KeyTerms>>();

  add(keyId: string, key: CachedKey | null): void {
    this.remove(keyId);
    this.keys.set(keyId, key);
  }

  /** The memory it takes, in keys without metadata. */
  get weight(): number {
    return this.keys.size + this.metadata.characters / bytesOfKey;
  }

  /** Its metadata stay only while another key here has the same. */
  remove(keyId: string): void {
    const shared = this.keys.get(keyId)?.sharedMetadata;
    if (shared) this.metadata.giveBack(shared);
    this.keys.delete(keyId);
  }
}

/**
 * A node's cache of keys, bounded by two generations: when the younger one weighs half of `maximum`, it replaces the
 * elder. Metadata count as as many keys as take their memory. A key that is read moves to the younger one, so keys in use stay. That takes one map fewer than tracking the
 * order of every use.
 *
 * The cache does not know whether it may be trusted: see lib/verify/changes/change-feed.
 */
export class KeyCache {
  #young = new Generation();
  #old = new Generation();

  /** @param maximum the number of keys without metadata to hold, at least 2 */
  constructor(readonly maximum: number) {}

  get size(): number {
    return this.#young.keys.size + this.#old.keys.size;
  }

  /** Null when the id is cached as having no key; undefined when it is not cached. */
  get(keyId: string): CachedKey | null | undefined {
    const young = this.#young.keys.get(keyId);
    if (young !== undefined) return young?.terms.isStale ? undefined : young;
    const old = this.#old.keys.get(keyId);
    if (old === undefined || old?.terms.isStale) return undefined;
    this.#old.remove(keyId);
    if (old !== null) {
      old.terms = this.#adopt(old, old.terms.fingerprint, () => old.terms);
      old.sharedMetadata = this.#share(old.metadata);
    }
    this.#add(keyId, old);
    return old;
  }

  /** The different metadata of its keys. */
  get metadataSize(): number {
    return this.#young.metadata.size + this.#old.metadata.size;
  }

  set(keyId: string, key: KeySnapshot | null): CachedKey | null {
    this.#old.remove(keyId);
    const cached = key === null ? null : this.#remembered(key);
    this.#add(keyId, cached);
    return cached;
  }

  /** Drops everything that these changes may affect. */
  forget(changes: readonly VerdictChange[] | "everything"): void {
    if (changes === "everything") {
      this.#young = new Generation();
      this.#old = new Generation();
      return;
    }
    for (const { organizationId, keyId, userId } of changes) {
      for (const generation of [this.#young, this.#old]) {
        if (keyId !== null) generation.remove(keyId);
        else forgetTerms(generation, organizationId, userId);
      }
    }
  }

  #remembered(key: KeySnapshot): CachedKey {
    const fingerprint = termsFingerprint(key);
    return new CachedKey(
      key,
      this.#adopt(key, fingerprint, () => new KeyTerms(key, fingerprint)),
      this.#share(key.metadata),
    );
  }

  #share(metadata: JsonText | null): SharedText | null {
    return metadata && this.#young.metadata.take(metadata);
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
    this.#young.add(keyId, key);
    if (this.#young.weight < this.maximum / 2) return;
    this.#old = this.#young;
    this.#young = new Generation();
  }
}

/** Marks terms as stale. That drops all their keys at once, however many there are. */
function forgetTerms(generation: Generation, organizationId: string, userId: string | null): void {
  const own = generation.terms.get(organizationId);
  for (const [fingerprint, terms] of own ?? []) {
    if (userId !== null && terms.creatorId !== userId) continue;
    terms.isStale = true;
    own?.delete(fingerprint);
  }
}
