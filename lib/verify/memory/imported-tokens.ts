import { LRUCache } from "lru-cache";
import type { VerdictChange } from "../changes/read-changes";

/** How many organizations are told apart. Of an older one, only its misses are forgotten. */
const maximumOrganizations = 10_000;

/**
 * Which imported keys' tokens a node has seen, by their SHA-256, and which were no key's. Whose a token is never changes,
 * so that is never forgotten, except for room. That it is nobody's holds until the organization's keys change. The two
 * have room of their own, so a flood of made-up tokens drives out no key.
 */
export class ImportedTokens {
  readonly #keyIds: LRUCache<string, string>;
  readonly #misses: LRUCache<string, number>;
  /** By organization: its current epoch. A miss remembered in an earlier one no longer counts. */
  readonly #epochs = new LRUCache<string, number>({ max: maximumOrganizations });
  #epoch = 0;

  /** @param maximum the number of tokens to hold of each kind */
  constructor(readonly maximum: number) {
    this.#keyIds = new LRUCache({ max: maximum });
    this.#misses = new LRUCache({ max: maximum });
  }

  /** Null when it is known to be nobody's; undefined when it must be looked up. */
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

  /** Forgets the misses of the organizations whose keys changed: one of these may be a new key with such a token. */
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
