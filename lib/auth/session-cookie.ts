import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { env } from "@/lib/env";
import { sessionLifeSeconds } from "@/lib/services/sessions/start-session";
import { cookieAttributes } from "./cookie-attributes";

/** The session id in the request's cookie; null without a cookie, or with one that is not of our making. */
export async function readSessionCookie(): Promise<string | null> {
  const { appUrl, authSecret } = env();
  const token = (await cookies()).get(cookieAttributes(appUrl).session)?.value;
  if (token === undefined) return null;
  try {
    const content = await decode({ token, secret: authSecret });
    return content?.sessionId ?? null;
  } catch {
    // Forged, cut off, run out, or made under another secret: all the same.
    return null;
  }
}

/** Gives the browser a session. The token holds its id and nothing else: all else is asked of the database. */
export async function writeSessionCookie(sessionId: string): Promise<void> {
  const { appUrl, authSecret } = env();
  const { session, options } = cookieAttributes(appUrl);
  const token = await encode({ token: { sessionId }, secret: authSecret, maxAge: sessionLifeSeconds });
  (await cookies()).set(session, token, { ...options, maxAge: sessionLifeSeconds });
}

export async function clearSessionCookie(): Promise<void> {
  const { session, options } = cookieAttributes(env().appUrl);
  (await cookies()).set(session, "", { ...options, maxAge: 0 });
}
