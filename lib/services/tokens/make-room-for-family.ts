import { familiesOfKeyMaximum } from "@/lib/core/maximums/maximums";
import { accessTokenSeconds } from "@/lib/core/token-grant";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { OrganizationId } from "@/lib/services/access/context";

/** Removes many at once, so that not every exchange has to search for one. */
const removedAtOnce = 100;
/** A family that was refreshed within this time is in use. */
const idleSeconds = 24 * 60 * 60;
/** Nodes judge access tokens by their own clocks, which may differ by this much. */
const clockSeconds = 60;

/**
 * Makes room for one more token family if a key has the maximum. Removes the oldest unused ones: their access tokens
 * have expired, they were not refreshed for a day, never, or cannot be any more, and no live key or open link ends with
 * them.
 *
 * Other exchanges of this key wait until the transaction ends, so concurrent ones cannot exceed the limit.
 *
 * @returns whether there is room
 */
export async function makeRoomForFamily(
  transaction: Transaction,
  { id: keyId, organizationId }: { readonly id: string; readonly organizationId: OrganizationId },
  at: Date,
  maximum = familiesOfKeyMaximum,
): Promise<boolean> {
  await transaction.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${`token families of ${keyId}`}, 0))`;
  const [had] = await transaction.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM token_families WHERE organization_id = ${organizationId}::uuid AND key_id = ${keyId}
      LIMIT ${maximum}) counted`;
  if (had === undefined || had.count < maximum) return true;

  const before = new Date(at.getTime() - (accessTokenSeconds + clockSeconds) * 1000);
  const idleSince = new Date(at.getTime() - idleSeconds * 1000);
  const isUnused = unusedSql(organizationId, at);
  const locked = await transaction.$queryRaw<{ id: string }[]>`
    SELECT f.id::text AS id FROM token_families f
    WHERE f.organization_id = ${organizationId}::uuid AND f.key_id = ${keyId}
      AND f.created_at < ${before}::timestamptz AND ${isUnused}
      AND (f.revoked_at IS NOT NULL OR f.expires_at <= ${at}::timestamptz
        OR NOT EXISTS (SELECT 1 FROM refresh_tokens t WHERE t.organization_id = f.organization_id
          AND t.family_id = f.id AND t.used_at IS NOT NULL)
        OR NOT EXISTS (SELECT 1 FROM refresh_tokens t WHERE t.organization_id = f.organization_id
          AND t.family_id = f.id AND greatest(t.created_at, t.used_at) > ${idleSince}::timestamptz)
        OR NOT EXISTS (SELECT 1 FROM api_key_secrets s WHERE s.id = f.secret_id
          AND (s.ends_at IS NULL OR s.ends_at > ${at}::timestamptz)))
    ORDER BY f.created_at LIMIT ${removedAtOnce} FOR UPDATE OF f SKIP LOCKED`;
  const ids = locked.map(({ id }) => id);
  // A separate statement after the lock: it sees what the previous holder of the lock committed.
  const removed = await transaction.$executeRaw`
    DELETE FROM token_families f WHERE f.id = ANY(${ids}::uuid[]) AND ${isUnused}
      AND NOT EXISTS (SELECT 1 FROM refresh_tokens t WHERE t.organization_id = f.organization_id
        AND t.family_id = f.id AND t.used_at > ${before}::timestamptz)`;
  return removed > 0;
}

/** A condition that no live key and no open link ends with the family `f`. */
function unusedSql(organizationId: OrganizationId, at: Date): Prisma.Sql {
  const made = Prisma.sql`made_by_family_id IS NOT NULL AND organization_id = ${organizationId}::uuid
    AND expires_at > ${at}::timestamptz`;
  return Prisma.sql`(
    NOT EXISTS (SELECT 1 FROM api_keys k WHERE k.created_by_family_id = f.id AND k.revoked_at IS NULL)
    AND f.id NOT IN (SELECT made_by_family_id FROM invitations
      WHERE ${made} AND accepted_at IS NULL AND revoked_at IS NULL)
    AND f.id NOT IN (SELECT made_by_family_id FROM password_links WHERE ${made} AND used_at IS NULL))`;
}
