import { effectiveEnd, expirySetBy } from "@/lib/core/keys/effective-end";
import { expiredText } from "@/lib/core/keys/expired-text";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { unknownState } from "@/lib/core/unknown-state";
import { mayBeImported } from "@/lib/token/imported-token";
import type { Loaded } from "../memory/loaded";
import { onceLoaded } from "../memory/loaded";
import { recordUse } from "../usage/usage-recorder";
import { authenticateAccessToken } from "./authenticate-access-token";
import type { AuthenticatedKey } from "./authenticated-key";
import { forbiddenFrom } from "./authenticated-key";
import type { TokenVerdict } from "./judge-token";
import { judgeNow } from "./judge-token";
import { looksLikeAccessToken } from "./read-access-token";

/**
 * Authenticates a token: a key's own, or an access token issued to a key. Fails with `key_missing`, `key_malformed` or
 * `key_unknown`. A caller with a correct secret gets `key_expired`, `key_rolled` or `key_revoked`, or `forbidden` from
 * an address that the key does not allow.
 *
 * @param token as presented; undefined or empty if there was none
 * @param from who presents it; if the address is unknown, a key bound to addresses is rejected
 * @param importer whose imported tokens are recognized; without it, as for callers, these are malformed
 */
export function authenticateToken(
  token: string | undefined,
  now: Date,
  from: Presenter = nobody,
  importer?: Importer,
): Promise<Result<AuthenticatedKey>> {
  return onceLoaded((loaded) => authenticateNow(token, now, from, loaded, importer));
}

/** Like authenticateToken. @returns undefined if something has to be loaded first */
export function authenticateNow(
  token: string | undefined,
  now: Date,
  from: Presenter,
  loaded: Loaded,
  importer?: Importer,
): Result<AuthenticatedKey> | undefined {
  if (token === undefined || token === "") {
    return failure(
      "key_missing",
      "Send an API key or an access token as Authorization: Bearer <token>, or a key in X-API-Key.",
    );
  }
  if (!looksLikeAccessToken(token)) return authenticateKeyNow(token, now, from, loaded, importer);
  const found = loaded.get("access token", () => authenticateAccessToken(token, now, from.address));
  // Another system's tokens can be JWTs too.
  return importer?.importsKeys === true && found?.ok === false && found.code === "key_unknown"
    ? authenticateKeyNow(token, now, from, loaded, importer)
    : found;
}

/**
 * Like authenticateToken, but for the tokens of keys only: an access token is malformed here. The rejection of a
 * correct secret is counted here; the caller counts valid uses.
 */
export function authenticateKey(
  token: string,
  now: Date,
  from: Presenter,
): Promise<Result<AuthenticatedKey>> {
  return onceLoaded((loaded) => authenticateKeyNow(token, now, from, loaded));
}

function authenticateKeyNow(
  token: string,
  now: Date,
  from: Presenter,
  loaded: Loaded,
  importer?: Importer,
): Result<AuthenticatedKey> | undefined {
  const demand = {
    ...(importer !== undefined && mayBeImported(token) ? importer : {}),
    address: from.address,
  };
  const verdict = judgeNow(token, demand, now, loaded);
  return verdict === undefined ? undefined : authenticated(verdict, now, from);
}

/** Who presents a token: the address and the User-Agent of the request. */
export type Presenter = { readonly address: string | null; readonly client: string | null };

const nobody: Presenter = { address: null, client: null };

/** The organization whose imported tokens are accepted too. */
type Importer = Pick<KeySnapshot, "organizationId" | "importsKeys">;

function authenticated(verdict: TokenVerdict, at: Date, from: Presenter): Result<AuthenticatedKey> {
  if (verdict.code !== "VALID" && "secretId" in verdict) {
    const { key, secretId, code: outcome } = verdict;
    recordUse({ organizationId: key.organizationId, keyId: key.id, secretId, at, ...from, outcome });
  }
  switch (verdict.code) {
    case "MALFORMED":
      return failure(
        "key_malformed",
        "This token is malformed. Check that you copied all of it. Imported tokens cannot call this API.",
      );
    case "UNKNOWN":
      return failure("key_unknown", "There is no key with this token.");
    case "EXPIRED": {
      const { key } = verdict;
      return failure("key_expired", expiredText(effectiveEnd(key)?.toISOString(), expirySetBy(key)));
    }
    case "PAUSED":
      return failure("key_paused", "This key is paused.");
    case "ROLLED": {
      const { endsAt } = verdict.key.secrets.find(({ id }) => id === verdict.secretId) ?? {};
      const end = endsAt?.toISOString();
      return failure("key_rolled", `This secret stopped working at ${end}. Use the key's new one.`);
    }
    case "REVOKED":
      return failure("key_revoked", "This key was revoked.");
    case "FORBIDDEN_IP":
      return forbiddenFrom(from.address);
    case "WRONG_NAMESPACE":
    case "INSUFFICIENT_PERMISSIONS":
      throw new Error("Nothing was demanded of the key");
    case "VALID": {
      const { key, secretId, secret, permissions, limits } = verdict;
      return success({ key, secretId, secret, permissions, limits, accessToken: null });
    }
    default:
      return unknownState(verdict);
  }
}
