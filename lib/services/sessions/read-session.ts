import { database } from "@/lib/db/client";
import type { UserActor } from "@/lib/services/access/context";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The person signed in with this session; null when it has ended, expired or never existed. */
export async function readSession(sessionId: string, now: Date): Promise<UserActor | null> {
  if (!uuid.test(sessionId)) return null;
  const session = await database().session.findFirst({
    where: { id: sessionId, expiresAt: { gt: now } },
    select: {
      userId: true,
      authenticatedAt: true,
      user: { select: { name: true, email: true } },
    },
  });
  if (session === null) return null;
  const { userId, authenticatedAt, user } = session;
  return { kind: "user", userId, name: user.name, email: user.email, sessionId, authenticatedAt };
}
