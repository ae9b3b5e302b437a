import { recognizedFrom } from "@/lib/core/keys/roll-plan";
import { hasCome } from "@/lib/core/read-time";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { Origin } from "@/lib/services/access/context";
import { parseToken } from "@/lib/token/format";
import { hashesOf, organizationPeppers } from "@/lib/token/secret";
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
 * may be public: they stay, and the audit log notes the report. So does a key whose ended secret was found, unless the
 * key itself rolled that away within the last days. Strings without a token's form and checksum cost no query, and key
 * ids are looked up in batches, since a repository can be full of them. Repeating a report changes nothing.
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
  const ended: EndedLeak[] = [];
  for (const token of await withKeys(new Set(found.map((each) => each.token)))) {
    const places = found.filter((each) => each.token === token);
    const verdict = await judgeToken(token, {}, origin.at);
    if (!("key" in verdict)) {
      const forgotten = await findForgotten(token, origin.at);
      if (forgotten !== null) {
        known.add(token);
        ended.push({ ...forgotten, token, places });
      }
      continue;
    }
    const { key, secretId } = verdict;
    if (key.type === "public") {
      await noteReport(key.organizationId, { keyId: key.id, secretId, places }, reporter, origin);
      continue;
    }
    known.add(token);
    if (verdict.code === "REVOKED") continue;
    const endsAt = key.secrets.find(({ id }) => id === secretId)?.endsAt ?? null;
    if (endsAt !== null && hasCome(endsAt, origin.at)) {
      ended.push({ organizationId: key.organizationId, keyId: key.id, secretId, endsAt, token, places });
      continue;
    }
    // An expired key is not left out: if only the maximum lifetime ended it, a longer one would let it work again.
    if (verdict.code !== "EXPIRED") working.set(token, key.id);
    const ofOrganization = leaks.get(key.organizationId) ?? [];
    leaks.set(key.organizationId, [...ofOrganization, { keyId: key.id, secretId, places }]);
  }
  for (const [organizationId, ofOrganization] of leaks) {
    const keys = await stopLeakedKeys(organizationId, ofOrganization, reporter, origin);
    for (const key of keys) stopped.set(key.id, key);
  }
  for (const { organizationId, token, endsAt, ...leak } of ended) {
    if (stopped.has(leak.keyId)) continue;
    const isRecognized = endsAt > recognizedFrom(origin.at);
    const [key] = isRecognized ? await stopLeakedKeys(organizationId, [leak], reporter, origin, "ended") : [];
    if (key === undefined) await noteReport(organizationId, leak, reporter, origin, { secret: "ended" });
    else {
      stopped.set(key.id, key);
      working.set(token, key.id);
    }
  }
  const tokensOf = (isPaused: boolean) =>
    new Set([...working].flatMap(([token, id]) => (stopped.get(id)?.isPaused === isPaused ? [token] : [])));
  return { known, ended: tokensOf(false), paused: tokensOf(true) };
}

type EndedLeak = Leak & { readonly organizationId: string; readonly token: string; readonly endsAt: Date };

/** A secret that verdicts do not know any more: the key was rolled many times since. */
async function findForgotten(token: string, at: Date): Promise<Omit<EndedLeak, "places" | "token"> | null> {
  const parsed = parseToken(token);
  if (parsed?.type !== "secret") return null;
  const { keyId } = parsed;
  const key = await database().apiKey.findUnique({
    where: { id: keyId, type: "secret", revokedAt: null },
    select: { organizationId: true },
  });
  if (key === null) return null;
  const { organizationId } = key;
  const hashes = hashesOf(token, organizationPeppers(env().peppers, organizationId));
  const secret = await database().apiKeySecret.findFirst({
    where: {
      ...{ organizationId, keyId, endsAt: { lte: at } },
      OR: hashes.map(({ hash, pepperVersion }) => ({ hash: new Uint8Array(hash), pepperVersion })),
    },
    select: { id: true, endsAt: true },
  });
  if (secret === null || secret.endsAt === null) return null;
  return { organizationId, keyId, secretId: secret.id, endsAt: secret.endsAt };
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
