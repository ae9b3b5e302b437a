import type { KeyType } from "@/lib/core/access/effective-permissions";
import type { KeySnapshot, KeyVerdict, VerifyDemand } from "@/lib/core/keys/verdict";
import { judgeKey } from "@/lib/core/keys/verdict";
import { env } from "@/lib/env";
import { parseToken } from "@/lib/token/format";
import { importedText, mayBeImported, sha256Of } from "@/lib/token/imported-token";
import { hashToken, organizationPeppers, tokenMatcher } from "@/lib/token/secret";
import { findImported } from "../memory/find-imported";
import { findKey } from "../memory/find-key";
import type { Loaded } from "../memory/loaded";
import { onceLoaded } from "../memory/loaded";

type KnownVerdict = Exclude<KeyVerdict, { readonly code: "UNKNOWN" }>;

export type TokenVerdict =
  | { readonly code: "MALFORMED" | "UNKNOWN" }
  | (KnownVerdict & { readonly key: KeySnapshot });

export type TokenDemand = VerifyDemand & {
  /** If given, keys of other organizations are unknown. */
  readonly organizationId?: string | undefined;
  /** Whether the organization has imported keys, so that a token without Latchkey's form may be one of theirs. */
  readonly importsKeys?: boolean | undefined;
};

/** The verdict on a presented token at `now`; see `judgeNow`. */
export function judgeToken(token: string, demand: TokenDemand, now: Date): Promise<TokenVerdict> {
  return onceLoaded((loaded) => judgeNow(token, demand, now, loaded));
}

/**
 * The verdict on a presented token at `now`. A token that is malformed or has a wrong checksum costs no query, nor does
 * the token of a cached key. A missing key, a key of another type or organization, and a wrong secret give the same
 * answer after the same work: one HMAC.
 *
 * @param token as presented, of any length and content
 * @returns undefined if something has to be loaded first
 */
export function judgeNow(
  token: string,
  demand: TokenDemand,
  now: Date,
  loaded: Loaded,
): TokenVerdict | undefined {
  const parsed = parseToken(token);
  if (parsed === null) return judgeImported(token, demand, now, loaded);
  const key = findKey(parsed.keyId, loaded);
  return key === undefined ? undefined : judge({ token, type: parsed.type }, key, demand, now);
}

/** A token without Latchkey's form contains no key id. It may belong to a key that the caller's organization imported. */
function judgeImported(
  token: string,
  demand: TokenDemand,
  now: Date,
  loaded: Loaded,
): TokenVerdict | undefined {
  const { organizationId, importsKeys } = demand;
  if (organizationId === undefined || importsKeys !== true || !mayBeImported(token)) {
    return { code: "MALFORMED" };
  }
  const sha256 = sha256Of(token);
  const keyId = findImported(organizationId, sha256, loaded);
  const key = typeof keyId === "string" ? findKey(keyId, loaded) : keyId;
  return key === undefined
    ? undefined
    : judge({ token: importedText(sha256), type: "secret" }, key, demand, now);
}

/** The text to hash and compare with the secrets: the token, or an imported one's `importedText`. */
type Presented = { readonly token: string; readonly type: KeyType };

function judge(
  { token, type }: Presented,
  key: KeySnapshot | null,
  demand: TokenDemand,
  now: Date,
): TokenVerdict {
  const peppers = organizationPeppers(env().peppers, key?.organizationId ?? "");
  if (key === null) {
    // Takes as long as comparing a wrong secret.
    hashToken(token, peppers);
    return { code: "UNKNOWN" };
  }
  const isPresented = tokenMatcher(token, peppers);
  const isMeant =
    key.type === type &&
    (demand.organizationId === undefined || demand.organizationId === key.organizationId);
  // The HMAC runs first, so timing does not reveal whether the type and organization match.
  const verdict = judgeKey(key, (secret) => isPresented(secret) && isMeant, demand, now);
  if (verdict.code === "UNKNOWN") return verdict;
  const { code, secretId, secret, permissions, limits } = verdict;
  return { code, secretId, secret, permissions, limits, key };
}
