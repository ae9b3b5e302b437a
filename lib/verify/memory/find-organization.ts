import { LRUCache } from "lru-cache";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { runPrepared } from "@/lib/db/client";
import { remember } from "@/lib/remember";
import type { VerdictChanges } from "../changes/read-changes";
import { Memory } from "./memory";

/** The organization whose keys are accepted. */
type Accepting = Required<Pick<KeySnapshot, "organizationId" | "importsKeys">>;

const maximum = 10_000;

/** By slug. Names that no organization has are not kept. */
class Organizations {
  readonly #bySlug = new LRUCache<string, Accepting>({ max: maximum });

  get(slug: string): Accepting | undefined {
    return this.#bySlug.get(slug);
  }

  set(slug: string, found: Accepting | null): void {
    if (found !== null) this.#bySlug.set(slug, found);
  }

  /**
   * Forgets organizations with a change that is not about a single key, since they may have imported their first keys.
   * A slug's id never changes.
   */
  forget(changes: VerdictChanges): void {
    if (changes === "everything") this.#bySlug.clear();
    else if (changes.some(({ keyId }) => keyId === null)) {
      const changed = new Set(changes.map(({ organizationId }) => organizationId));
      for (const [slug, { organizationId }] of this.#bySlug) {
        if (changed.has(organizationId)) this.#bySlug.delete(slug);
      }
    }
  }
}

/** The organizations by slug. Each look-up of one that is not remembered is indexed. */
export function organizationsBySlug(): Memory<Accepting> {
  return remember("latchkeyOrganizationsBySlug", () => new Memory(new Organizations(), loadOrganizations));
}

async function loadOrganizations(slugs: readonly string[]): Promise<ReadonlyMap<string, Accepting>> {
  const rows = await runPrepared<Accepting & { readonly slug: string }>({
    name: "latchkey_organizations_by_slug",
    text: `SELECT slug, id::text AS "organizationId", has_imported_keys AS "importsKeys"
      FROM organizations WHERE slug = ANY($1::text[])`,
    values: [slugs],
  });
  return new Map(
    rows.map(({ slug, organizationId, importsKeys }) => [slug, { organizationId, importsKeys }]),
  );
}
