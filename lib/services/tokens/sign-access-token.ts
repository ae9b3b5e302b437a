import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Permission } from "@/lib/core/access/permission";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { accessTokenSeconds, endOfToken } from "@/lib/core/token-grant";
import { env } from "@/lib/env";
import { accessTokenAlgorithm, accessTokenType } from "@/lib/schemas/access-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import type { Signer } from "./signing-keys";

export type IssuedTokens = {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly scope: readonly Permission[];
  readonly refreshToken: string;
};

/** What an access token carries from its family. */
export type SignedFamily = {
  readonly id: string;
  readonly userId: string | null;
  readonly accessLevel: AccessLevel;
  readonly expiresAt: Date;
};

/**
 * Signs an access token of a family. It is valid for 900 seconds at most, and never longer than the key, the
 * secret presented for it, or the family. (RFC 9068)
 */
export async function signAccessToken(
  signer: Signer,
  { key, secretId }: AuthenticatedKey,
  family: SignedFamily,
  scope: readonly Permission[],
  now: Date,
): Promise<{ readonly accessToken: string; readonly expiresInSeconds: number }> {
  const { appUrl } = env();
  const secretEndsAt = key.secrets.find((secret) => secret.id === secretId)?.endsAt ?? null;
  const end = endOfToken(now, accessTokenSeconds, [key.expiresAt, secretEndsAt, family.expiresAt]);
  const issuedAt = Math.floor(now.getTime() / 1000);
  const expiresAt = Math.floor(end.getTime() / 1000);
  const accessToken = await new SignJWT({
    client_id: formatKeyId(key.id),
    scope: scope.join(" "),
    organization: key.organizationId,
    namespace: { type: key.namespace.type, id: key.namespace.id },
    access_level: family.accessLevel,
    family: family.id,
  })
    .setProtectedHeader({ alg: accessTokenAlgorithm, typ: accessTokenType, kid: signer.id })
    .setIssuer(appUrl)
    .setAudience(appUrl)
    .setSubject(family.userId ?? formatKeyId(key.id))
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .setJti(randomUUID())
    .sign(signer.privateKey);
  return { accessToken, expiresInSeconds: expiresAt - issuedAt };
}
