import type { CryptoKey, JWK } from "jose";
import { errors, importJWK, jwtVerify } from "jose";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { remember } from "@/lib/remember";
import type { AccessTokenClaims } from "@/lib/schemas/access-token";
import { accessTokenAlgorithm, accessTokenClaims, accessTokenType } from "@/lib/schemas/access-token";

/** Longer than any token we issue, and shorter than a server's limit on headers. */
const maximumLength = 12_000;

/** Three base64url parts. The dots distinguish a JWT from a key's token. */
const shape = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;

export function looksLikeAccessToken(token: string): boolean {
  return token.length <= maximumLength && shape.test(token);
}

/** What a token of this Latchkey claims, and who signed it; or why it cannot be read. */
export type ReadAccessToken =
  | { readonly claims: AccessTokenClaims; readonly signingKeyId: string }
  | "UNKNOWN"
  | "EXPIRED";

/**
 * Verifies a JWT as an access token of this Latchkey and reads it. It must be signed by one of our keys with the one
 * algorithm, and have the right `typ`, `iss`, `aud` and `exp`. Returns EXPIRED only if the signature is right. Does not
 * check revocation. (RFC 9068, 4)
 */
export async function readAccessToken(token: string, now: Date): Promise<ReadAccessToken> {
  const { appUrl } = env();
  try {
    const { payload, protectedHeader } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = kid === undefined ? null : await verificationKey(kid);
        if (key === null) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        algorithms: [accessTokenAlgorithm],
        typ: accessTokenType,
        issuer: appUrl,
        audience: appUrl,
        requiredClaims: ["exp"],
        currentDate: now,
      },
    );
    const claims = accessTokenClaims.safeParse(payload);
    if (!claims.success) return "UNKNOWN";
    return { claims: claims.data, signingKeyId: protectedHeader.kid ?? "" };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return "EXPIRED";
    if (error instanceof errors.JOSEError) return "UNKNOWN";
    throw error;
  }
}

const rememberedMaximum = 32;

/**
 * The public key that a token names. Does not check whether that key has been removed since.
 *
 * @param id as claimed, of any length and content
 * @returns null if this Latchkey has no such key
 */
async function verificationKey(id: string): Promise<CryptoKey | null> {
  // The id is the key's thumbprint, so a cached key is never stale.
  const kept = remember("latchkeyVerificationKeys", () => new Map<string, CryptoKey>());
  const known = kept.get(id);
  if (known !== undefined) return known;
  if (!/^[A-Za-z0-9_-]{43}$/.test(id)) return null;

  const row = await database().signingKey.findUnique({ where: { id }, select: { publicJwk: true } });
  if (row === null) return null;
  const key = await importJWK(row.publicJwk as JWK, accessTokenAlgorithm);
  if (key instanceof Uint8Array) throw new Error("A signing key is not symmetric");
  if (kept.size >= rememberedMaximum) kept.clear();
  kept.set(id, key);
  return key;
}
