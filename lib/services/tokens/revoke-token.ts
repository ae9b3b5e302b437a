import type { OAuthResult } from "@/lib/core/oauth-error";
import { oauthFailure } from "@/lib/core/oauth-error";
import { inTransaction } from "@/lib/db/client";
import type { Origin } from "@/lib/services/access/context";
import { parseToken } from "@/lib/token/format";
import { isRefreshToken } from "@/lib/token/refresh-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import { readAccessToken } from "@/lib/verify/verdict/read-access-token";
import { lockFamilyOf } from "./lock-family";
import { removeOldRevocations } from "./remove-old-families";
import { revokeFamily } from "./revoke-family";

/**
 * Revokes a token granted to the calling key. An access token ends alone; a refresh token ends its whole family.
 * A token that is unknown, already ended or another client's succeeds and changes nothing. (RFC 7009)
 */
export async function revokeToken(
  client: AuthenticatedKey,
  token: string,
  origin: Origin,
): Promise<OAuthResult<null>> {
  if (parseToken(token) !== null) {
    return oauthFailure(
      "unsupported_token_type",
      "This is the token of an API key. Keys are revoked at /v1/keys/{id}/revoke.",
    );
  }
  if (isRefreshToken(token)) await revokeRefreshToken(client, token, origin);
  else await revokeAccessToken(client, token, origin);
  return { ok: true, value: null };
}

async function revokeRefreshToken(client: AuthenticatedKey, token: string, origin: Origin): Promise<void> {
  await inTransaction(async (transaction) => {
    const found = await lockFamilyOf(transaction, client.key.id, token);
    if (found === null || found.family.revokedAt !== null) return;
    await revokeFamily(transaction, client, found.family, "client", origin);
  });
}

async function revokeAccessToken(client: AuthenticatedKey, token: string, origin: Origin): Promise<void> {
  const read = await readAccessToken(token, origin.at);
  if (typeof read === "string") return;
  const { jti, family, exp } = read.claims;
  const { id: keyId, organizationId } = client.key;
  await inTransaction(async (transaction) => {
    // Locked: a change that this token began is done before this is answered, and none begins after it.
    const own = await transaction.$queryRaw<unknown[]>`
      SELECT 1 FROM token_families
      WHERE id = ${family}::uuid AND organization_id = ${organizationId}::uuid AND key_id = ${keyId} FOR UPDATE`;
    if (own.length === 0) return;
    await removeOldRevocations(transaction, origin.at);
    await transaction.revokedAccessToken.createMany({
      data: { id: jti, organizationId, expiresAt: new Date(exp * 1000) },
      skipDuplicates: true,
    });
  });
}
