/** A full or truncated token, of any prefix or with its prefix cut off, that still contains its key id. */
const tokenInText = /(?:[a-z][a-z0-9]{1,15}_|\b|_)[sp]k_([0-9A-Za-z]{16})[0-9A-Za-z]*/g;
/** A token without its prefix: key id, secret and checksum. */
const bareToken = /(?<![0-9A-Za-z])([0-9A-Za-z]{16})[0-9A-Za-z]{38}(?![0-9A-Za-z])/g;
/** A key id with more characters behind it: the rest of a token, and so its secret. */
const idRunningOn = /key_([0-9A-Za-z]{16})[0-9A-Za-z]+/g;
/** A token truncated before the end of its key id. */
const tokenStart = /lk_[sp]k_([0-9A-Za-z]{4,15})(?![0-9A-Za-z])/g;
/**
 * The start of a token with any prefix or none, unless its letters form a word: `stripe_sk_backup2` might be a name.
 */
const otherStart = /(?<![0-9A-Za-z])(?:[a-z][a-z0-9]{1,15}_)?[sp]k_([0-9A-Za-z]{4,15})(?![0-9A-Za-z_])/g;
const word = /^(?:[A-Z]?[a-z]+|[A-Z]+)\d*$|^\d+$/;
const tokenPrefix = /lk_[sp]k_[0-9A-Za-z]*/g;

/**
 * Replaces a pasted token, or a part of one that contains its key id, with the key id. The search goes into the URL,
 * and so into browser histories and logs, which must not contain secrets; and people paste a token to find its key.
 */
export function searchText(typed: string): string {
  return typed
    .replace(tokenInText, "key_$1")
    .replace(bareToken, "key_$1")
    .replace(idRunningOn, "key_$1")
    .replace(tokenStart, "key_$1")
    .replace(otherStart, (whole, start: string) => (word.test(start) ? whole : `key_${start}`))
    .replace(tokenPrefix, "");
}

/** The complete key id in a search, whatever surrounds it. */
export function keyIdIn(search: string): string | undefined {
  return /(?<![0-9A-Za-z_])key_([0-9A-Za-z]{16})(?![0-9A-Za-z])/.exec(search)?.[1];
}

/** Does the text look like a token that was truncated within its key id, so that its key is unknown? */
export function isTokenStart(typed: string): boolean {
  const searched = searchText(typed);
  return searched !== typed && keyIdIn(searched) === undefined;
}
