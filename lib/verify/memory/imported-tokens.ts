import { LRUCache } from "lru-cache";
import type { VerdictChanges } from "../changes/read-changes";

/** The number of organizations with an epoch of their own. For older ones, only misses are forgotten. */
const maximumOrganizations = 10_000;

/**
 * Which imported keys' tokens a node has seen, and which were no key's, by `organization:SHA-256`. Whose a token is never
 * changes, so that is never forgotten, except for room. That it is nobody's holds until the organization's keys change.
 * The two have room of their own, so a flood of made-up tokens drives out no key.
 */
export class ImportedTokens {
  readonly #keyIds: LRUCache<string, string>;
  readonly #misses: LRUCache<string, object>;
  /** By organization: its current epoch. A miss remembered in an earlier one no longer counts. */
  readonly #epochs = new LRUCache<string, object>({ max: maximumOrganizations, memoMethod: () => ({}) });

  /** @param maximum the number of tokens to hold of each kind */
  constructor(readonly maximum: number) {
    this.#keyIds = new LRUCache({ max: maximum });
    this.#misses = new LRUCache({ max: maximum });
  }

  /** Null when it is known to be nobody's; undefined when it must be looked up. */
  get(name: string): string | null | undefined {
    const epoch = this.#misses.get(name);
    const isMiss = epoch !== undefined && epoch === this.#epochs.get(organizationOf(name));
    return this.#keyIds.get(name) ?? (isMiss ? null : undefined);
  }

  set(name: string, keyId: string | null): void {
    if (keyId !== null) this.#keyIds.set(name, keyId);
    else this.#misses.set(name, this.#epochs.memo(organizationOf(name)));
  }

  /** Forgets the misses of the organizations whose keys changed: one of these may be a new key with such a token. */
  forget(changes: VerdictChanges): void {
    if (changes === "everything") this.#misses.clear();
    else for (const { organizationId } of changes) this.#epochs.delete(organizationId);
  }
}

function organizationOf(name: string): string {
  return name.split(":", 1)[0] ?? "";
}
