import type { Transaction } from "@/lib/db/client";
import type { RefreshToken, TokenFamily } from "@/lib/db/generated/client";
import { hashRefreshToken, isRefreshToken } from "@/lib/token/refresh-token";

export type FoundRefreshToken = Pick<RefreshToken, "hash" | "usedAt"> & { readonly family: TokenFamily };

/**
 * A key's refresh token with its family, which stays locked until the transaction ends. The token is read after the
 * family is locked, so each of several concurrent requests sees what the previous one did.
 *
 * @param keyId the key that the token must belong to
 * @returns null if the key has no such token
 */
export async function lockFamilyOf(
  transaction: Transaction,
  keyId: string,
  token: string,
): Promise<FoundRefreshToken | null> {
  if (!isRefreshToken(token)) return null;
  const hash = hashRefreshToken(token);
  const held = await transaction.$queryRaw<{ id: string }[]>`
    SELECT f.id::text AS id FROM token_families f
    WHERE f.key_id = ${keyId} AND f.id = (SELECT t.family_id FROM refresh_tokens t WHERE t.hash = ${hash})
    FOR UPDATE`;
  if (held.length === 0) return null;
  return transaction.refreshToken.findUnique({
    where: { hash },
    select: { hash: true, usedAt: true, family: true },
  });
}
