import type { Transaction } from "@/lib/db/client";
import type { Origin } from "@/lib/services/context";

const sessionLifeMs = 7 * 24 * 60 * 60 * 1000;
export const sessionLifeSeconds = sessionLifeMs / 1000;

/**
 * Makes the row that a browser's session is, for seven days from now however much it is used, and
 * gives its id. The person's sessions that have run out go at the same time.
 */
export async function startSession(
  transaction: Transaction,
  userId: string,
  origin: Origin,
): Promise<string> {
  await transaction.session.deleteMany({ where: { userId, expiresAt: { lte: origin.at } } });
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
  return id;
}
