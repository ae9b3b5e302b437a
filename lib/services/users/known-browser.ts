import { createHash } from "node:crypto";
import { database } from "@/lib/db/client";

/** Stored in the browser after a sign-in. It gives the browser its own rate limit for that account. */
export type KnownBrowser = {
  readonly browserId: string;
  readonly userId: string;
  /** A fingerprint of the password hash: setting a new password makes every browser unknown. */
  readonly passwordTag: string;
};

/** Whether the browser signed in to this account with its current password. */
export function knowsAccount(
  browser: KnownBrowser | null,
  { id, passwordHash }: { readonly id: string; readonly passwordHash: string | null },
): browser is KnownBrowser {
  if (browser === null || passwordHash === null) return false;
  return browser.userId === id && browser.passwordTag === passwordTag(passwordHash);
}

/** What this session's browser may store; null if the session has ended. */
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
