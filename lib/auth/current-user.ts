import { cache } from "react";
import type { UserActor } from "@/lib/services/access/context";
import { readSession } from "@/lib/services/sessions/read-session";
import { requestOrigin } from "./request-origin";
import { readSessionCookie } from "./session-cookie";

/** Who is signed in, by the database's word at this request; null when nobody is. */
export const currentUser = cache(async (): Promise<UserActor | null> => {
  const sessionId = await readSessionCookie();
  if (sessionId === null) return null;
  return readSession(sessionId, (await requestOrigin()).at);
});
