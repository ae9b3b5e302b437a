import { runPrepared } from "@/lib/db/client";
import { env } from "@/lib/env";
import { remember } from "@/lib/remember";
import { importedText } from "@/lib/token/imported-token";
import { hashesOf, organizationPeppers } from "@/lib/token/secret";
import { ImportedTokens } from "./imported-tokens";
import type { Loaded } from "./loaded";
import { Memory } from "./memory";

/** How many made-up tokens are remembered, regardless of the room for keys. */
const maximum = 50_000;

function memory(): Memory<string> {
  return remember("latchkeyImportedTokens", () => {
    return new Memory(new ImportedTokens(Math.min(maximum, env().cachedKeys)), loadKeyIds);
  });
}

/**
 * The id of the organization's key that was imported with this token; null if there is none. An unknown token
 * costs one indexed look-up.
 *
 * @param sha256 the token's, as 64 lowercase hex digits
 * @returns undefined if it must be loaded
 */
export function findImported(
  organizationId: string,
  sha256: string,
  loaded: Loaded,
): string | null | undefined {
  return memory().find("imported", `${organizationId}:${sha256}`, loaded);
}

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
