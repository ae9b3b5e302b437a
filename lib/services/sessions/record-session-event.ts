import type { SessionAction } from "@/lib/core/audit-actions";
import { afterCommit } from "@/lib/db/after-commit";
import type { Transaction } from "@/lib/db/client";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { OrganizationId, Origin, SystemActor } from "@/lib/services/context";
import { logSessionEvent } from "./log-session-event";

/** Somebody without a session, who may be anybody: the entry must not name the account's owner as the actor. */
const anybody: SystemActor = { kind: "system", name: "Sign-in" };

const byAnybody = (action: SessionAction) =>
  action === "member.sign_in_failed" || action === "member.locked_out";

/**
 * Records what happened to a person's session or password: one line in the log, and an audit entry in every
 * organization they are a member of. Call it last in the transaction of the change: it locks audit chains.
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

/** The audit entries alone, of what is in the log already. */
export async function auditSessionEvent(
  transaction: Transaction,
  action: SessionAction,
  userId: string,
  origin: Origin,
  details: AuditDetails,
): Promise<void> {
  const { name, email, members } = await transaction.user.findUniqueOrThrow({
    where: { id: userId },
    // Always in the same order, so that two transactions that lock several chains cannot deadlock.
    select: {
      name: true,
      email: true,
      members: { select: { organizationId: true }, orderBy: { organizationId: "asc" } },
    },
  });
  const actor = byAnybody(action) ? anybody : ({ kind: "user", userId, name } as const);
  for (const { organizationId } of members) {
    const organization = { id: organizationId as OrganizationId };
    await recordAuditEntry(
      transaction,
      { organization, actor, origin },
      { action, target: { type: "member", id: userId, name }, details: { email, ...details } },
    );
  }
}
