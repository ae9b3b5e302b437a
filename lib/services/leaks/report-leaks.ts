import { database } from "@/lib/db/client";
import type { Origin } from "@/lib/services/access/context";
import { parseToken } from "@/lib/token/format";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import type { Leak } from "./revoke-leaked-keys";
import { revokeLeakedKeys } from "./revoke-leaked-keys";
import { tellOfLeakedKeys } from "./tell-of-leaked-keys";

/** A string that somebody found in public, and where. */
export type FoundToken = { readonly token: string; readonly url: string; readonly source: string };

/** Key ids that one query asks about. */
const together = 1_000;

/**
 * Ends the secret keys whose tokens were found in public, and tells their people. A public key is made to be
 * seen. What has not the form and the checksum of a token costs no query, and those that have and name no
 * key share one: a repository can be full of them. To be told twice changes nothing.
 *
 * @returns the tokens among them that are, or once were, those of secret keys of ours
 */
export async function reportLeaks(
  found: readonly FoundToken[],
  reporter: string,
  origin: Origin,
): Promise<ReadonlySet<string>> {
  const real = new Set<string>();
  const leaks = new Map<string, Leak[]>();
  for (const token of await withKeys(new Set(found.map((each) => each.token)))) {
    const verdict = await judgeToken(token, {}, origin.at);
    if (!("key" in verdict)) continue;
    real.add(token);
    // Nobody gets in with these, and who rolled the key because of the leak keeps its new secret.
    if (verdict.code === "EXPIRED" || verdict.code === "ROLLED" || verdict.code === "REVOKED") continue;
    const { key, secretId } = verdict;
    const places = found.filter((each) => each.token === token);
    const ofOrganization = leaks.get(key.organizationId) ?? [];
    leaks.set(key.organizationId, [...ofOrganization, { keyId: key.id, secretId, places }]);
  }
  for (const [organizationId, ofOrganization] of leaks) {
    const revoked = await revokeLeakedKeys(organizationId, ofOrganization, reporter, origin);
    // Who reports waits for no mail server.
    if (revoked.length > 0) void tellOfLeakedKeys(organizationId, revoked, reporter);
  }
  return real;
}

/** Those of a secret key's form and checksum that name a key which there is. */
async function withKeys(tokens: ReadonlySet<string>): Promise<string[]> {
  const named = [...tokens].flatMap((token) => {
    const parsed = parseToken(token);
    return parsed?.type === "secret" ? [{ token, keyId: parsed.keyId }] : [];
  });
  const known: string[] = [];
  for (let start = 0; start < named.length; start += together) {
    const part = named.slice(start, start + together);
    const keys = await database().apiKey.findMany({
      where: { id: { in: part.map(({ keyId }) => keyId) } },
      select: { id: true },
    });
    const ids = new Set(keys.map(({ id }) => id));
    known.push(...part.filter(({ keyId }) => ids.has(keyId)).map(({ token }) => token));
  }
  return known;
}
