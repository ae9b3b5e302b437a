import { errors, jwtVerify } from "jose";
import { env } from "@/lib/env";
import type { AccessTokenClaims } from "@/lib/schemas/access-token";
import { accessTokenAlgorithm, accessTokenClaims, accessTokenType } from "@/lib/schemas/access-token";
import { verificationKey } from "./verification-key";

/** Longer than any that is issued, and shorter than what a server takes as a header. */
const maximumLength = 12_000;

/** Three parts of base64url: a JWT is told from the token of a key by its dots. */
const shape = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;

export function looksLikeAccessToken(token: string): boolean {
  return token.length <= maximumLength && shape.test(token);
}

export type ReadAccessToken =
  | {
      readonly code: "SIGNED";
      readonly claims: AccessTokenClaims;
      readonly signingKeyId: string;
    }
  | { readonly code: "UNKNOWN" }
  | { readonly code: "EXPIRED" };

/**
 * What a JWT says, once it is found to be an access token of this Latchkey: its signature by one of our
 * keys with the one algorithm, `typ`, `iss`, `aud` and `exp`. Only of one with a right signature is told
 * that it has expired. Whether it was revoked is not asked here. (RFC 9068, 4)
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
    if (!claims.success) return { code: "UNKNOWN" };
    return { code: "SIGNED", claims: claims.data, signingKeyId: protectedHeader.kid ?? "" };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { code: "EXPIRED" };
    if (error instanceof errors.JOSEError) return { code: "UNKNOWN" };
    throw error;
  }
}
