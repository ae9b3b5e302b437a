import { randomUUID } from "node:crypto";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { env } from "@/lib/env";
import { knownBrowser } from "@/lib/schemas/known-browser";
import type { KnownBrowser } from "@/lib/services/users/known-browser";
import { browserOfSession } from "@/lib/services/users/known-browser";
import { cookieAttributes } from "./cookie-attributes";

/** Browsers keep a cookie for 400 days at most; each sign-in starts anew. */
const knownSeconds = 180 * 24 * 60 * 60;
/** A key of its own, so that this cookie is never taken for a session's, nor a session's for this one. */
const salt = "latchkey-browser";

/** What this browser kept when it signed in; null without a cookie, or with one that is not of our making. */
export async function readBrowserCookie(): Promise<KnownBrowser | null> {
  const { appUrl, authSecret } = env();
  const token = (await cookies()).get(cookieAttributes(appUrl).browser)?.value;
  if (token === undefined) return null;
  try {
    const parsed = knownBrowser.safeParse(await decode({ token, secret: authSecret, salt }));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Makes the browser of this session one that signed in before. It is not a credential: all it gives is that
 * wrong guesses of others do not keep it from trying. A new password makes it unknown.
 */
export async function writeBrowserCookie(sessionId: string): Promise<void> {
  const { appUrl, authSecret } = env();
  const known = await browserOfSession(sessionId, randomUUID());
  if (known === null) return;
  const { browser, options } = cookieAttributes(appUrl);
  const token = await encode({ token: known, secret: authSecret, maxAge: knownSeconds, salt });
  (await cookies()).set(browser, token, { ...options, maxAge: knownSeconds });
}
