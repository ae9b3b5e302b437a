import type { KeyType } from "@/lib/core/access/effective-permissions";
import type { Awaitable } from "@/lib/core/awaitable";
import type { KeySnapshot, KeyVerdict, SecretSnapshot, VerifyDemand } from "@/lib/core/keys/verdict";
import { judgeKey } from "@/lib/core/keys/verdict";
import { env } from "@/lib/env";
import { parseToken } from "@/lib/token/format";
import { organizationPeppers, tokenMatcher } from "@/lib/token/secret";
import { findKey, rememberedKey } from "../memory/find-key";

type KnownVerdict = Exclude<KeyVerdict, { readonly code: "UNKNOWN" }>;

export type TokenVerdict =
  | { readonly code: "MALFORMED" | "UNKNOWN" }
  | (KnownVerdict & { readonly key: KeySnapshot });

export type TokenDemand = VerifyDemand & {
  /** When given, the keys of every other organization are unknown. */
  readonly organizationId?: string | undefined;
};

/**
 * What a presented token is worth at `now`. One that is malformed or has a wrong checksum costs no
 * query, and one of a key that this node remembers neither. A key that is not there, that is of another
 * type than the token says or of another organization, and a wrong secret are one answer after the same
 * work: one HMAC.
 *
 * @param token as presented, of any length and content
 * @returns at once, where nothing has to be asked
 */
export function judgeToken(token: string, demand: TokenDemand, now: Date): Awaitable<TokenVerdict> {
  const parsed = parseToken(token);
  if (parsed === null) return { code: "MALFORMED" };
  const presented = { token, type: parsed.type };
  const remembered = rememberedKey(parsed.keyId);
  if (remembered !== undefined) return judge(presented, remembered, demand, now);
  return findKey(parsed.keyId).then((found) => judge(presented, found, demand, now));
}

function judge(
  { token, type }: { readonly token: string; readonly type: KeyType },
  found: KeySnapshot | null,
  demand: TokenDemand,
  now: Date,
): TokenVerdict {
  const key = found ?? nobodysKey();
  const isMeant =
    key.type === type &&
    (demand.organizationId === undefined || demand.organizationId === key.organizationId);
  const isPresented = tokenMatcher(token, organizationPeppers(env().peppers, key.organizationId));
  // The HMAC comes first, so that its cost does not tell whether the key was meant.
  const matches = (secret: SecretSnapshot) => isPresented(secret) && isMeant;

  const verdict = judgeKey(key, matches, demand, now);
  if (verdict.code === "UNKNOWN") return verdict;
  const { code, secretId, secret, permissions, limits } = verdict;
  return { code, secretId, secret, permissions, limits, key };
}

/** Stands in for a key that does not exist: no token has a hash of zeros. */
function nobodysKey(): KeySnapshot {
  const { current } = env().peppers;
  return {
    id: "",
    organizationId: "",
    name: "",
    type: "secret",
    accessLevel: "MEMBER",
    namespace: { type: "organization", id: "" },
    roles: [],
    creatorId: "",
    creatorLevel: null,
    keyCreators: "OWNER",
    expiresAt: null,
    revokedAt: null,
    deletedAt: null,
    allowedAddresses: [],
    rateLimit: null,
    secrets: [{ id: "", hash: noHash, pepperVersion: current, endsAt: null }],
  };
}

const noHash = new Uint8Array(32);
