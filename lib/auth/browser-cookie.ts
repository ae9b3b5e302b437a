import { randomUUID } from "node:crypto";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { env } from "@/lib/env";
import { knownBrowser } from "@/lib/schemas/account";
import type { KnownBrowser } from "@/lib/services/users/known-browser";
import { browserOfSession } from "@/lib/services/users/known-browser";
import { cookieAttributes } from "./cookie-attributes";

/** 180 days, below the 400 that browsers allow. Each sign-in renews it. */
const knownSeconds = 180 * 24 * 60 * 60;
/** Gives this cookie its own encryption key, so it and a session cookie cannot be swapped. */
const salt = "latchkey-browser";

/** What this browser stored at sign-in; null without a cookie, or with one that this installation did not issue. */
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
 * Marks this session's browser as known. The cookie is not a credential: it only keeps other people's wrong guesses
 * from locking this browser out. A new password makes the browser unknown.
 */
export async function writeBrowserCookie(sessionId: string): Promise<void> {
  const { appUrl, authSecret } = env();
  const known = await browserOfSession(sessionId, randomUUID());
  if (known === null) return;
  const { browser, options } = cookieAttributes(appUrl);
  const token = await encode({ token: known, secret: authSecret, maxAge: knownSeconds, salt });
  (await cookies()).set(browser, token, { ...options, maxAge: knownSeconds });
}
