import { createHash } from "node:crypto";
import { database } from "@/lib/db/client";

/** What a browser keeps after it signed in: which account it may try again in a bound of its own. */
export type KnownBrowser = {
  readonly browserId: string;
  readonly userId: string;
  /** A fingerprint of the password's hash, so that a new password makes every browser unknown. */
  readonly passwordTag: string;
};

/** Does the browser know this account, under its password of today? */
export function knowsAccount(
  browser: KnownBrowser | null,
  { id, passwordHash }: { readonly id: string; readonly passwordHash: string | null },
): browser is KnownBrowser {
  if (browser === null || passwordHash === null) return false;
  return browser.userId === id && browser.passwordTag === passwordTag(passwordHash);
}

/** What the browser of this session may keep; null when the session has ended. */
export async function browserOfSession(sessionId: string, browserId: string): Promise<KnownBrowser | null> {
  const session = await database().session.findUnique({
    where: { id: sessionId },
    select: { user: { select: { id: true, passwordHash: true } } },
  });
  if (session === null || session.user.passwordHash === null) return null;
  const { id: userId, passwordHash } = session.user;
  return { browserId, userId, passwordTag: passwordTag(passwordHash) };
}

function passwordTag(passwordHash: string): string {
  return createHash("sha256").update(passwordHash).digest("base64url").slice(0, 22);
}
