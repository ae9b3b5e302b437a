import { LRUCache } from "lru-cache";
import type { VerdictChanges } from "../changes/read-changes";

/** The number of organizations with an epoch of their own. For older ones, only misses are forgotten. */
const maximumOrganizations = 10_000;

/**
 * Known imported tokens by `organization:SHA-256`: those with a key, and misses. A token's key never changes, so it is
 * only dropped for room. A miss is valid until the organization's keys change. Misses have room of their own, so a flood
 * of made-up tokens evicts no key.
 */
export class ImportedTokens {
  readonly #keyIds: LRUCache<string, string>;
  readonly #misses: LRUCache<string, object>;
  /** The current epoch by organization. Misses remembered in an earlier epoch no longer count. */
  readonly #epochs = new LRUCache<string, object>({ max: maximumOrganizations, memoMethod: () => ({}) });

  /** @param maximum the number of tokens to hold of each kind */
  constructor(readonly maximum: number) {
    this.#keyIds = new LRUCache({ max: maximum });
    this.#misses = new LRUCache({ max: maximum });
  }

  /** Null for a known miss; undefined if it must be looked up. */
  get(name: string): string | null | undefined {
    const epoch = this.#misses.get(name);
    const isMiss = epoch !== undefined && epoch === this.#epochs.get(organizationOf(name));
    return this.#keyIds.get(name) ?? (isMiss ? null : undefined);
  }

  set(name: string, keyId: string | null): void {
    if (keyId !== null) this.#keyIds.set(name, keyId);
    else this.#misses.set(name, this.#epochs.memo(organizationOf(name)));
  }

  /** Forgets the misses of organizations whose keys changed, since a new key may have such a token. */
  forget(changes: VerdictChanges): void {
    if (changes === "everything") this.#misses.clear();
    else for (const { organizationId } of changes) this.#epochs.delete(organizationId);
  }
}

function organizationOf(name: string): string {
  return name.split(":", 1)[0] ?? "";
}
