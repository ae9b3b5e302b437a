import { runPrepared } from "@/lib/db/client";
import { env } from "@/lib/env";
import { remember } from "@/lib/remember";
import { importedText } from "@/lib/token/imported-token";
import { hashesOf, organizationPeppers } from "@/lib/token/secret";
import { isMemoryTrusted, onVerdictChanges } from "../changes/change-feed";
import { ImportedTokens, nameOf } from "./imported-tokens";
import type { Loaded } from "./loaded";
import { SnapshotLoader } from "./snapshot-loader";

/** How many made-up tokens are remembered, regardless of the room for keys. */
const maximum = 50_000;

type Memory = { readonly tokens: ImportedTokens; readonly loader: SnapshotLoader<string> };

function memory(): Memory {
  return remember<Memory>("latchkeyImportedTokens", () => {
    const tokens = new ImportedTokens(Math.min(maximum, env().cachedKeys));
    const loader = new SnapshotLoader<string>(loadKeyIds, (name, keyId) => {
      const [organizationId = "", sha256 = ""] = name.split(":");
      if (keyId !== null || isMemoryTrusted()) tokens.set(organizationId, sha256, keyId);
    });
    // The listener is added before the first look-up, so no import is missed.
    onVerdictChanges((changes) => {
      tokens.forget(changes);
      // A look-up that began before the change may have missed it.
      loader.forget("everything");
    });
    return { tokens, loader };
  });
}

/**
 * The id of the organization's key that was imported with this token; null if there is none. It reflects every import
 * that returned before this call. An unknown token costs one indexed look-up.
 *
 * @param sha256 the token's, as 64 lowercase hex digits
 * @returns undefined if it must be loaded
 */
export function findImported(
  organizationId: string,
  sha256: string,
  loaded: Loaded,
): string | null | undefined {
  const { tokens, loader } = memory();
  const isTrusted = isMemoryTrusted();
  const known = tokens.get(organizationId, sha256);
  // A token's key never changes, so a known one counts without a lease too.
  if (typeof known === "string" || (known === null && isTrusted)) return known;
  const name = nameOf(organizationId, sha256);
  return loaded.get(`imported ${name}`, () => loader.find(name, isMemoryTrusted()));
}

/** @param names from `nameOf` */
async function loadKeyIds(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { peppers } = env();
  const asked = names.flatMap((name) => {
    const [organizationId = "", sha256 = ""] = name.split(":");
    const hashes = hashesOf(importedText(sha256), organizationPeppers(peppers, organizationId));
    return hashes.map(({ hash }) => ({ name, organizationId, hash: hash.toString("hex") }));
  });
  const rows = await runPrepared<{ at: number; keyId: string }>({
    name: "latchkey_imported_tokens",
    text: `SELECT asked.at::int AS at, s.key_id AS "keyId"
      FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS asked (organization_id, hash, at)
      JOIN api_key_secrets s ON s.organization_id = asked.organization_id
        AND s.hash = decode(asked.hash, 'hex') AND s.imported`,
    values: [asked.map(({ organizationId }) => organizationId), asked.map(({ hash }) => hash)],
  });
  return new Map(rows.map(({ at, keyId }) => [asked[at - 1]?.name ?? "", keyId]));
}
