import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { env } from "@/lib/env";
import { endSession } from "@/lib/services/sessions/end-session";
import { sessionLifeSeconds } from "@/lib/services/sessions/start-session";
import { writeBrowserCookie } from "./browser-cookie";
import { cookieAttributes } from "./cookie-attributes";
import { requestOrigin } from "./request-origin";

/** The session id in the request's cookie; null without a cookie, or with one that this installation did not issue. */
export async function readSessionCookie(): Promise<string | null> {
  const { appUrl, authSecret } = env();
  const token = (await cookies()).get(cookieAttributes(appUrl).session)?.value;
  if (token === undefined) return null;
  try {
    const content = await decode({ token, secret: authSecret });
    return content?.sessionId ?? null;
  } catch {
    // Forged, truncated, expired, or issued under another secret: treated the same.
    return null;
  }
}

/**
 * What every sign-in does besides setting the session cookie: it ends the browser's previous session and marks the
 * browser as known.
 */
export async function takeOverBrowser(sessionId: string): Promise<void> {
  const replaced = await readSessionCookie();
  if (replaced !== null && replaced !== sessionId) {
    await endSession(replaced, await requestOrigin(), "replaced");
  }
  await writeBrowserCookie(sessionId);
}

/** Sets the session cookie. Its token holds only the session id; everything else is read from the database. */
export async function writeSessionCookie(sessionId: string): Promise<void> {
  await takeOverBrowser(sessionId);
  const { appUrl, authSecret } = env();
  const { session, options } = cookieAttributes(appUrl);
  const token = await encode({ token: { sessionId }, secret: authSecret, maxAge: sessionLifeSeconds });
  (await cookies()).set(session, token, { ...options, maxAge: sessionLifeSeconds });
}

export async function clearSessionCookie(): Promise<void> {
  const { session, options } = cookieAttributes(env().appUrl);
  (await cookies()).set(session, "", { ...options, maxAge: 0 });
}
