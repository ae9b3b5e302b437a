import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { namespaceTypes } from "@/lib/core/access/namespace";

/** `typ` of an access token that is a JWT. (RFC 9068, 2.1) */
export const accessTokenType = "at+jwt";
export const accessTokenAlgorithm = "ES256" as const;

/** The public part of a signing key. (RFC 7518, 6.2) */
export const publicSigningKey = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string(),
  y: z.string(),
});

/** The claims of an access token. (RFC 9068, 2.2) */
export const accessTokenClaims = z.object({
  iss: z.string(),
  /** The user the token acts for, or else the key. */
  sub: z.string(),
  /** `key_...` */
  client_id: z.string(),
  aud: z.string(),
  exp: z.number(),
  iat: z.number(),
  jti: z.guid(),
  /** The permissions when it was issued, separated by spaces. */
  scope: z.string(),
  organization: z.guid(),
  namespace: z.object({ type: z.enum(namespaceTypes), id: z.guid() }),
  /** The level when it was issued. */
  access_level: z.enum(accessLevels),
  /** The token family; its tokens are revoked together. */
  family: z.guid(),
});
export type AccessTokenClaims = z.infer<typeof accessTokenClaims>;
