import { LRUCache } from "lru-cache";
import type { VerdictChange } from "../changes/read-changes";

/** The number of organizations with an epoch of their own. For older ones, only misses are forgotten. */
const maximumOrganizations = 10_000;

/**
 * Known imported tokens by their SHA-256: those with a key, and misses. A token's key never changes, so it is only
 * dropped for room. A miss is valid until the organization's keys change. Misses have room of their own, so a flood of
 * made-up tokens evicts no key.
 */
export class ImportedTokens {
  readonly #keyIds: LRUCache<string, string>;
  readonly #misses: LRUCache<string, number>;
  /** The current epoch by organization. Misses remembered in an earlier epoch no longer count. */
  readonly #epochs = new LRUCache<string, number>({ max: maximumOrganizations });
  #epoch = 0;

  /** @param maximum the number of tokens to hold of each kind */
  constructor(readonly maximum: number) {
    this.#keyIds = new LRUCache({ max: maximum });
    this.#misses = new LRUCache({ max: maximum });
  }

  /** Null for a known miss; undefined if it must be looked up. */
  get(organizationId: string, sha256: string): string | null | undefined {
    const name = nameOf(organizationId, sha256);
    const keyId = this.#keyIds.get(name);
    if (keyId !== undefined) return keyId;
    const epoch = this.#misses.get(name);
    return epoch !== undefined && epoch === this.#epochs.get(organizationId) ? null : undefined;
  }

  set(organizationId: string, sha256: string, keyId: string | null): void {
    const name = nameOf(organizationId, sha256);
    if (keyId === null) this.#misses.set(name, this.#epochOf(organizationId));
    else this.#keyIds.set(name, keyId);
  }

  /** Forgets the misses of organizations whose keys changed, since a new key may have such a token. */
  forget(changes: readonly VerdictChange[] | "everything"): void {
    if (changes === "everything") this.#misses.clear();
    else for (const { organizationId } of changes) this.#epochs.delete(organizationId);
  }

  #epochOf(organizationId: string): number {
    const known = this.#epochs.get(organizationId);
    if (known !== undefined) return known;
    this.#epoch++;
    this.#epochs.set(organizationId, this.#epoch);
    return this.#epoch;
  }
}

export function nameOf(organizationId: string, sha256: string): string {
  return `${organizationId}:${sha256}`;
}
