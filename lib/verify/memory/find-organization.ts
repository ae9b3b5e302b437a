import { LRUCache } from "lru-cache";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { runPrepared } from "@/lib/db/client";
import { remember } from "@/lib/remember";
import { isMemoryTrusted, onVerdictChanges } from "../changes/change-feed";
import type { VerdictChange } from "../changes/read-changes";
import { SnapshotLoader } from "./snapshot-loader";

/** The organization whose keys are accepted. */
type Accepting = Required<Pick<KeySnapshot, "organizationId" | "importsKeys">>;

const maximum = 10_000;

type Memory = { readonly bySlug: LRUCache<string, Accepting>; readonly loader: SnapshotLoader<Accepting> };

function memory(): Memory {
  return remember<Memory>("latchkeyOrganizationsBySlug", () => {
    const bySlug = new LRUCache<string, Accepting>({ max: maximum });
    const loader = new SnapshotLoader<Accepting>(loadOrganizations, (slug, found) => {
      if (found !== null && isMemoryTrusted()) bySlug.set(slug, found);
    });
    onVerdictChanges((changes) => {
      if (changes === "everything") bySlug.clear();
      else forget(bySlug, changes);
      loader.forget("everything");
    });
    return { bySlug, loader };
  });
}

/**
 * Forgets organizations with a change that is not about a single key, since they may have imported their first keys.
 * A slug's id never changes.
 */
function forget(bySlug: Memory["bySlug"], changes: readonly VerdictChange[]): void {
  const changed = new Set(
    changes.flatMap(({ keyId, organizationId }) => (keyId === null ? organizationId : [])),
  );
  if (changed.size === 0) return;
  for (const [slug, { organizationId }] of bySlug) if (changed.has(organizationId)) bySlug.delete(slug);
}

/** The organization with this slug, if this node remembers it. */
export function rememberedOrganization(slug: string): Accepting | undefined {
  return isMemoryTrusted() ? memory().bySlug.get(slug) : undefined;
}

/** The organization with this slug; null if there is none. Takes one indexed look-up each time. */
export function lookUpOrganization(slug: string): Promise<Accepting | null> {
  return memory().loader.find(slug, isMemoryTrusted());
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
