import type { SessionAction } from "@/lib/core/audit-actions";
import type { Transaction } from "@/lib/db/client";
import { afterCommit } from "@/lib/db/unit-of-work";
import type { OrganizationId, Origin, SystemActor } from "@/lib/services/access/context";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";
import { recordInEach } from "@/lib/services/audit/record-audit-entry";
import { logSessionEvent } from "./log-session-event";

/** The actor of a failed sign-in. It could be anyone, so the entry must not name the account's owner. */
const anybody: SystemActor = { kind: "system", name: "Sign-in" };

const byAnybody = (action: SessionAction) =>
  action === "member.sign_in_failed" || action === "member.locked_out";

/**
 * Records an event of a person's session or password: one log line, and an audit entry in each of their organizations.
 * It locks audit chains, so call it last in the transaction.
 */
export async function recordSessionEvent(
  transaction: Transaction,
  action: SessionAction,
  userId: string,
  origin: Origin,
  details: AuditDetails = {},
): Promise<void> {
  await auditSessionEvent(transaction, action, userId, origin, details);
  afterCommit(transaction, () => logSessionEvent(action, userId, origin, details));
}

/** Writes the audit entries without the log line. Call it last in the transaction. */
export async function auditSessionEvent(
  transaction: Transaction,
  action: SessionAction,
  userId: string,
  origin: Origin,
  details: AuditDetails,
): Promise<void> {
  const organizationIds = await lockChainsOf(transaction, userId);
  const { name, email } = await transaction.user.findUniqueOrThrow({
    where: { id: userId },
    select: { name: true, email: true },
  });
  const actor = byAnybody(action) ? anybody : ({ kind: "user", userId, name } as const);
  await recordInEach(transaction, organizationIds, { actor, origin }, [
    { action, target: { type: "member", id: userId, name }, details: { email, ...details } },
  ]);
}

/**
 * Locks the audit chains of all of a person's organizations. Verbs that write their own entry before recording a
 * session event must call this first.
 */
export function lockChainsOf(transaction: Transaction, userId: string): Promise<readonly OrganizationId[]> {
  return lockChains(transaction, userId, []);
}

/**
 * Locks the audit chains of all of a person's organizations and of those in `besides`, ordered by id. It locks the
 * organizations first, since each entry references one: as in all verbs, a transaction that holds a chain must never
 * wait for an organization.
 */
export async function lockChains(
  transaction: Transaction,
  userId: string,
  besides: readonly OrganizationId[],
): Promise<readonly OrganizationId[]> {
  const rows = await transaction.$queryRaw<{ id: OrganizationId }[]>`
    SELECT id::text AS id FROM organizations
    WHERE id IN (SELECT organization_id FROM members WHERE user_id = ${userId}::uuid)
      OR id = ANY (${besides}::uuid[])
    ORDER BY id FOR KEY SHARE`;
  const ids = rows.map(({ id }) => id);
  await transaction.$queryRaw`
    SELECT 1 FROM audit_heads WHERE organization_id = ANY (${ids}::uuid[])
    ORDER BY organization_id FOR UPDATE`;
  return ids;
}
