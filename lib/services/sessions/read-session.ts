import { database } from "@/lib/db/client";
import type { UserActor } from "@/lib/services/access/context";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

type SignedIn = "userId" | "authenticatedAt" | "name" | "email";

/** The person signed in with this session; null if it has ended, expired or never existed. */
export async function readSession(sessionId: string, now: Date): Promise<UserActor | null> {
  if (!uuid.test(sessionId)) return null;
  const [signedIn] = await database().$queryRaw<Pick<UserActor, SignedIn>[]>`
    SELECT s.user_id AS "userId", s.authenticated_at AS "authenticatedAt", u.name, u.email
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.id = ${sessionId}::uuid AND s.expires_at > ${now}::timestamptz`;
  return signedIn === undefined ? null : { kind: "user", ...signedIn, sessionId };
}
