import { KeyTable } from "@/lib/core/keys/table/key-table";
import type { TermsOfKey } from "@/lib/core/keys/table/key-terms";
import { KeyTerms } from "@/lib/core/keys/table/key-terms";
import type { StoredKey } from "@/lib/core/keys/table/stored-key";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import type { VerdictChanges } from "../changes/read-changes";
import { boundedCache } from "../limits/rate-limit";

/**
 * The number of ids remembered as having no key. They have room of their own, so a flood of guessed ids evicts no key.
 */
const mostMisses = 50_000;
const miss = {};

/**
 * A node's cache of keys. Keys with equal terms share them, so a change of a level, a role or a setting only has to
 * mark the terms as stale.
 *
 * The cache does not know whether it may be trusted: see lib/verify/changes/change-feed.
 */
export class KeyCache {
  readonly #misses;
  #table: KeyTable;
  /** By organization, then by fingerprint. */
  #terms = new Map<string, Map<string, KeyTerms>>();

  /** @param maximum the number of keys without metadata, and of ids without a key, to hold; at least 2 */
  constructor(readonly maximum: number) {
    this.#misses = boundedCache<typeof miss>(missesOf(maximum));
    this.#table = this.#emptyTable();
  }

  get size(): number {
    return this.#table.size + this.#misses.size;
  }

  /** How many different metadata texts its keys have. */
  get metadataSize(): number {
    return this.#table.metadataSize;
  }

  /** Null if the id is cached as having no key; undefined if it is not cached. */
  get(keyId: string): StoredKey | null | undefined {
    return this.#table.get(keyId) ?? (this.#misses.get(keyId) === undefined ? undefined : null);
  }

  set(keyId: string, key: KeySnapshot | null): void {
    this.#forgetKey(keyId);
    if (key === null) this.#misses.set(keyId, miss);
    else this.#table.set(key, this.#termsOf(key));
  }

  /** Drops everything that these changes may affect. */
  forget(changes: VerdictChanges): void {
    if (changes === "everything") {
      this.#misses.clear();
      this.#terms = new Map();
      this.#table = this.#emptyTable();
      return;
    }
    for (const { organizationId, keyId, userId } of changes) {
      if (keyId !== null) this.#forgetKey(keyId);
      else this.#forgetTerms(organizationId, userId);
    }
  }

  #emptyTable(): KeyTable {
    return new KeyTable(this.maximum - missesOf(this.maximum), (terms) => this.#release(terms));
  }

  #forgetKey(keyId: string): void {
    this.#misses.delete(keyId);
    this.#table.delete(keyId);
  }

  #forgetTerms(organizationId: string, userId: string | null): void {
    const own = this.#terms.get(organizationId);
    for (const [fingerprint, terms] of own ?? []) {
      if (userId !== null && terms.creatorId !== userId) continue;
      terms.isStale = true;
      own?.delete(fingerprint);
    }
  }

  #termsOf(key: KeySnapshot): KeyTerms {
    const fingerprint = fingerprintOf(key);
    const own = this.#terms.get(key.organizationId) ?? new Map<string, KeyTerms>();
    this.#terms.set(key.organizationId, own);
    const terms = own.get(fingerprint) ?? new KeyTerms(key);
    own.set(fingerprint, terms);
    return terms;
  }

  #release(terms: KeyTerms): void {
    const own = this.#terms.get(terms.organizationId);
    const fingerprint = fingerprintOf(terms);
    // Stale terms may have been replaced by equal ones.
    if (own?.get(fingerprint) === terms) own.delete(fingerprint);
    if (own?.size === 0) this.#terms.delete(terms.organizationId);
  }
}

function missesOf(maximum: number): number {
  return Math.min(mostMisses, Math.ceil(maximum / 10));
}

function fingerprintOf({ roles, namespace, ...terms }: TermsOfKey): string {
  const { organizationId, type, accessLevel, creatorId, creatorLevel, keyCreators } = terms;
  const { importsKeys, maximumLifetimeDays } = terms;
  return JSON.stringify([
    ...[organizationId, type, accessLevel, namespace.type, namespace.id, creatorId, creatorLevel],
    ...[keyCreators, importsKeys === true, maximumLifetimeDays, roles],
  ]);
}
