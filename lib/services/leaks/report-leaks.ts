import { database } from "@/lib/db/client";
import type { Origin } from "@/lib/services/access/context";
import { parseToken } from "@/lib/token/format";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { noteReport } from "./note-report";
import type { Leak, LeakedKey } from "./stop-leaked-keys";
import { stopLeakedKeys } from "./stop-leaked-keys";

/** A string found in public, and where. */
export type FoundToken = { readonly token: string; readonly url: string; readonly source: string };

/** How many key ids are looked up per query. */
const together = 1_000;

export type ReportedTokens = {
  /** Tokens that belong, or once belonged, to secret keys of this installation. */
  readonly known: ReadonlySet<string>;
  /** Tokens that worked, or were paused, until this report revoked their keys. */
  readonly ended: ReadonlySet<string>;
  /** Tokens whose keys were paused instead, as their organizations prefer. */
  readonly paused: ReadonlySet<string>;
};

/**
 * Revokes or pauses the secret keys whose tokens were found in public, and notifies the people concerned. Public keys
 * may be public: they stay, and the audit log notes the report. Strings without a token's form and checksum cost no
 * query, and key ids are looked up in batches, since a repository can be full of them. Repeating a report changes
 * nothing.
 */
export async function reportLeaks(
  found: readonly FoundToken[],
  reporter: string,
  origin: Origin,
): Promise<ReportedTokens> {
  const known = new Set<string>();
  const working = new Map<string, string>();
  const stopped = new Map<string, LeakedKey>();
  const leaks = new Map<string, Leak[]>();
  for (const token of await withKeys(new Set(found.map((each) => each.token)))) {
    const verdict = await judgeToken(token, {}, origin.at);
    if (!("key" in verdict)) continue;
    const { key, secretId } = verdict;
    const places = found.filter((each) => each.token === token);
    if (key.type === "public") {
      await noteReport(key.organizationId, { keyId: key.id, secretId, places }, reporter, origin);
      continue;
    }
    known.add(token);
    // These tokens no longer work. If the key was rolled because of the leak, its new secret stays valid. Expired keys
    // are not skipped: if only the maximum lifetime ended one, a longer maximum would revive it.
    if (verdict.code === "ROLLED" || verdict.code === "REVOKED") continue;
    if (verdict.code !== "EXPIRED") working.set(token, key.id);
    const ofOrganization = leaks.get(key.organizationId) ?? [];
    leaks.set(key.organizationId, [...ofOrganization, { keyId: key.id, secretId, places }]);
  }
  for (const [organizationId, ofOrganization] of leaks) {
    const keys = await stopLeakedKeys(organizationId, ofOrganization, reporter, origin);
    for (const key of keys) stopped.set(key.id, key);
  }
  const tokensOf = (isPaused: boolean) =>
    new Set([...working].flatMap(([token, id]) => (stopped.get(id)?.isPaused === isPaused ? [token] : [])));
  return { known, ended: tokensOf(false), paused: tokensOf(true) };
}

/** The tokens with the right form and checksum whose keys exist. */
async function withKeys(tokens: ReadonlySet<string>): Promise<string[]> {
  const named = [...tokens].flatMap((token) => {
    const parsed = parseToken(token);
    return parsed === null ? [] : [{ token, keyId: parsed.keyId }];
  });
  const existing: string[] = [];
  for (let start = 0; start < named.length; start += together) {
    const part = named.slice(start, start + together);
    const keys = await database().apiKey.findMany({
      where: { id: { in: part.map(({ keyId }) => keyId) } },
      select: { id: true },
    });
    const ids = new Set(keys.map(({ id }) => id));
    existing.push(...part.filter(({ keyId }) => ids.has(keyId)).map(({ token }) => token));
  }
  return existing;
}
