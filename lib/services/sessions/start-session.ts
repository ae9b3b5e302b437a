import type { Transaction } from "@/lib/db/client";
import type { Origin } from "@/lib/services/access/context";
import { recordSessionEvent } from "./record-session-event";

const sessionLifeMs = 7 * 24 * 60 * 60 * 1000;
export const sessionLifeSeconds = sessionLifeMs / 1000;

/**
 * Makes the row that a browser's session is, for seven days from now however much it is used, and
 * gives its id. Call it last in the transaction: it records the sign-in, which locks audit chains.
 */
export async function startSession(
  transaction: Transaction,
  userId: string,
  origin: Origin,
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
  await recordSessionEvent(transaction, "member.signed_in", userId, origin);
  return id;
}

const removedAtOnce = 100;

/** Whoever signs in clears away some expired sessions, so nothing else has to. */
async function removeExpiredSessions(transaction: Transaction, now: Date): Promise<void> {
  // Rows that another transaction holds are skipped: nobody waits, and no two removals deadlock.
  await transaction.$executeRaw`
    DELETE FROM sessions WHERE id IN (
      SELECT id FROM sessions WHERE expires_at <= ${now}::timestamptz
      ORDER BY expires_at LIMIT ${removedAtOnce} FOR UPDATE SKIP LOCKED)`;
}
