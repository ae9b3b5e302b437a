/** A full or truncated token, of any prefix, that still contains its key id. */
const tokenInText = /[a-z][a-z0-9]{1,15}_[sp]k_([0-9A-Za-z]{16})[0-9A-Za-z]*/g;
/**
 * A token truncated before the end of its key id. Under another prefix it stays: it holds nothing secret yet, and might
 * be a name such as stripe_sk_backup.
 */
const tokenStart = /lk_[sp]k_[0-9A-Za-z]*/g;

/**
 * Replaces a pasted token with its key id. The search is part of the URL, and so of histories and logs, which must hold
 * no secret; and the key is what the person wants to find.
 */
export function searchText(typed: string): string {
  return typed.replace(tokenInText, "key_$1").replace(tokenStart, "");
}
