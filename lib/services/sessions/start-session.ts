import type { Transaction } from "@/lib/db/client";
import type { Origin } from "@/lib/services/access/context";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";
import { recordSessionEvent } from "./record-session-event";

const sessionLifeMs = 7 * 24 * 60 * 60 * 1000;
export const sessionLifeSeconds = sessionLifeMs / 1000;

/**
 * Creates a session and returns its id. It expires seven days from now; use does not extend it. Call it last in
 * the transaction: it records the sign-in, which locks audit chains.
 */
export async function startSession(
  transaction: Transaction,
  userId: string,
  origin: Origin,
  details: AuditDetails = {},
): Promise<string> {
  await removeExpiredSessions(transaction, origin.at);
  const { id } = await transaction.session.create({
    data: {
      userId,
      createdAt: origin.at,
      authenticatedAt: origin.at,
      expiresAt: new Date(origin.at.getTime() + sessionLifeMs),
      address: origin.address,
      userAgent: origin.userAgent,
    },
    select: { id: true },
  });
  await recordSessionEvent(transaction, "member.signed_in", userId, origin, details);
  return id;
}

const removedAtOnce = 100;

/** Each sign-in removes some expired sessions, so no separate job is needed. */
async function removeExpiredSessions(transaction: Transaction, now: Date): Promise<void> {
  // Skip rows that another transaction has locked: removals neither wait nor deadlock.
  await transaction.$executeRaw`
    DELETE FROM sessions WHERE id IN (
      SELECT id FROM sessions WHERE expires_at <= ${now}::timestamptz
      ORDER BY expires_at LIMIT ${removedAtOnce} FOR UPDATE SKIP LOCKED)`;
}
