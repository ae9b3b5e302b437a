import { cache } from "react";
import type { UserActor } from "@/lib/services/access/context";
import { readSession } from "@/lib/services/sessions/read-session";
import { requestOrigin } from "./request-origin";
import { readSessionCookie } from "./session-cookie";

/** The signed-in person, read from the database once per request; null when nobody is signed in. */
export const currentUser = cache(async (): Promise<UserActor | null> => {
  const sessionId = await readSessionCookie();
  if (sessionId === null) return null;
  return readSession(sessionId, (await requestOrigin()).at);
});
