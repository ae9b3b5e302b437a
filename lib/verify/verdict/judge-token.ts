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
  /** When given, keys of other organizations are unknown. */
  readonly organizationId?: string | undefined;
};

/**
 * The verdict on a presented token at `now`. A token that is malformed or has a wrong checksum costs no query, nor does
 * the token of a cached key. A missing key, a key of another type or organization, and a wrong secret give the same
 * answer after the same work: one HMAC.
 *
 * @param token as presented, of any length and content
 * @returns synchronously when nothing has to be loaded
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
  // The HMAC runs first, so timing does not reveal whether the type and organization match.
  const matches = (secret: SecretSnapshot) => isPresented(secret) && isMeant;

  const verdict = judgeKey(key, matches, demand, now);
  if (verdict.code === "UNKNOWN") return verdict;
  const { code, secretId, secret, permissions, limits } = verdict;
  return { code, secretId, secret, permissions, limits, key };
}

/** Stands in for a missing key: no token has a hash of zeros. */
function nobodysKey(): KeySnapshot {
  const { current } = env().peppers;
  return {
    id: "",
    organizationId: "",
    name: "",
    subject: null,
    metadata: null,
    type: "secret",
    accessLevel: "MEMBER",
    namespace: { type: "organization", id: "" },
    roles: [],
    creatorId: "",
    creatorLevel: null,
    keyCreators: "OWNER",
    createdAt: new Date(0),
    maximumLifetimeDays: null,
    expiresAt: null,
    pausedAt: null,
    revokedAt: null,
    deletedAt: null,
    allowedAddresses: [],
    rateLimit: null,
    secrets: [{ id: "", hash: noHash, pepperVersion: current, endsAt: null }],
  };
}

const noHash = new Uint8Array(32);
