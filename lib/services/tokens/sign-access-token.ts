import { randomUUID } from "node:crypto";
import { CompactSign } from "jose";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Permission } from "@/lib/core/access/permission";
import { jsonOf } from "@/lib/core/json/json-text";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
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

/** The parts of a family that an access token contains. */
export type SignedFamily = {
  readonly id: string;
  readonly userId: string | null;
  readonly accessLevel: AccessLevel;
  readonly expiresAt: Date;
};

/**
 * Signs an access token of a family. It is valid for at most 900 seconds, and never longer than the key, the secret
 * presented for it, or the family. It contains the key's current subject and metadata. (RFC 9068)
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
  const end = endOfToken(now, accessTokenSeconds, [effectiveEnd(key), secretEndsAt, family.expiresAt]);
  const issuedAt = Math.floor(now.getTime() / 1000);
  const expiresAt = Math.floor(end.getTime() / 1000);
  // Not with SignJWT, which would serialize the metadata differently.
  const claims = jsonOf({
    ...{ iss: appUrl, aud: appUrl, iat: issuedAt, exp: expiresAt },
    jti: randomUUID(),
    sub: family.userId ?? formatKeyId(key.id),
    client_id: formatKeyId(key.id),
    scope: scope.join(" "),
    organization: key.organizationId,
    namespace: { type: key.namespace.type, id: key.namespace.id },
    access_level: family.accessLevel,
    family: family.id,
    subject: key.subject ?? undefined,
    metadata: key.metadata ?? undefined,
  });
  const accessToken = await new CompactSign(Buffer.from(claims))
    .setProtectedHeader({ alg: accessTokenAlgorithm, typ: accessTokenType, kid: signer.id })
    .sign(signer.privateKey);
  return { accessToken, expiresInSeconds: expiresAt - issuedAt };
}
