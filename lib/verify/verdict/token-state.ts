import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Permission } from "@/lib/core/access/permission";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { AccessTokenClaims } from "@/lib/schemas/access-token";
import { levelInNamespaceSql } from "./level-in-namespace-sql";

/** Everything an access token depends on besides its key, as of now. */
export type TokenState = {
  readonly keyId: string;
  readonly secretId: string;
  readonly organizationId: string;
  readonly accessLevel: AccessLevel;
  readonly scope: readonly Permission[];
  readonly familyRevokedAt: Date | null;
  readonly familyExpiresAt: Date;
  /** Whether the token itself was revoked. */
  readonly revoked: boolean;
  /** Whether the key that signed it is still one of ours. */
  readonly signerLives: boolean;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly userEmail: string | null;
  /** The user's level in the key's namespace; null without a user or a grant. */
  readonly userLevel: AccessLevel | null;
};

const userLevel = levelInNamespaceSql(Prisma.sql`f.user_id`);

/**
 * Reads the current state of a token family in one statement.
 *
 * @param transaction reads in this transaction, for example under its locks
 * @returns null if the family is gone: with its user's membership or grant, or because it expired
 */
export async function loadTokenState(
  { jti, family }: Pick<AccessTokenClaims, "jti" | "family">,
  signingKeyId: string,
  transaction: Transaction = database(),
): Promise<TokenState | null> {
  const [state] = await transaction.$queryRaw<TokenState[]>`
    SELECT f.key_id AS "keyId", f.secret_id::text AS "secretId", f.organization_id::text AS "organizationId",
      f.access_level::text AS "accessLevel", f.scope, f.revoked_at AS "familyRevokedAt", f.expires_at AS "familyExpiresAt",
      EXISTS (SELECT 1 FROM revoked_access_tokens r WHERE r.id = ${jti}::uuid) AS revoked,
      EXISTS (SELECT 1 FROM signing_keys s WHERE s.id = ${signingKeyId}) AS "signerLives",
      f.user_id::text AS "userId", u.name AS "userName", u.email AS "userEmail",
      ${userLevel} AS "userLevel"
    FROM token_families f
    JOIN api_keys k ON k.organization_id = f.organization_id AND k.id = f.key_id
    LEFT JOIN users u ON u.id = f.user_id
    WHERE f.id = ${family}::uuid`;
  return state ?? null;
}

/**
 * Was the token, or its family, revoked, or has the user lost their grant? The family is deleted with the grant; this
 * does not rely on that.
 */
export function isTokenRevoked({ revoked, familyRevokedAt, userId, userLevel }: TokenState): boolean {
  return revoked || familyRevokedAt !== null || (userId !== null && userLevel === null);
}
