import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyCreators } from "@/lib/core/access/permission";
import type { LifetimePolicy } from "@/lib/core/keys/effective-end";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "./context";

/** A person's level, and the organization's settings about keys. */
export type Membership = {
  readonly level: AccessLevel;
  readonly keyCreators: KeyCreators;
} & LifetimePolicy;

/**
 * Locks a person's membership and the organization's settings until the transaction ends, and returns them. A demotion,
 * a removal or a change of the settings waits, so decisions based on them still hold at commit. Null if the person is
 * not a member, or no longer one. Lock them before any key's row, or two verbs can deadlock.
 *
 * One statement, but not a plain join: it locks the organization's row as it reads it, and looks for a member's row
 * only then (see `lockKeyCreators`). Locked rows are read in their newest version, even if they changed after the
 * statement began.
 */
export async function lockMembership(
  transaction: Transaction,
  organizationId: OrganizationId,
  userId: string,
): Promise<Membership | null> {
  const [membership] = await transaction.$queryRaw<Membership[]>`
    WITH settings AS MATERIALIZED (
      SELECT id, key_creators, require_expiry, maximum_lifetime_days, default_key_id
      FROM organizations WHERE id = ${organizationId}::uuid FOR SHARE
    )
    SELECT m.access_level::text AS level, settings.key_creators::text AS "keyCreators",
      settings.require_expiry AS "requireExpiry", settings.maximum_lifetime_days AS "maximumLifetimeDays",
      settings.default_key_id AS "defaultKeyId"
    FROM settings JOIN members m ON m.organization_id = settings.id
    WHERE m.user_id = ${userId}::uuid FOR SHARE OF m`;
  return membership ?? null;
}

/**
 * The lowest level that may create keys in an organization, locked until the transaction ends; null if there is no such
 * organization. A separate statement before any that locks members. In a join, PostgreSQL may lock the member's row
 * first, which can deadlock with a change of the organization and a change of its members.
 */
export async function lockKeyCreators(
  transaction: Transaction,
  organizationId: OrganizationId,
): Promise<KeyCreators | null> {
  const [settings] = await transaction.$queryRaw<{ keyCreators: KeyCreators }[]>`
    SELECT key_creators::text AS "keyCreators" FROM organizations WHERE id = ${organizationId}::uuid FOR SHARE`;
  return settings?.keyCreators ?? null;
}
