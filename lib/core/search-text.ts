/** A full or truncated token, of any prefix or with its prefix cut off, that still contains its key id. */
const tokenInText = /(?:[a-z][a-z0-9]{1,15}_|\b|_)[sp]k_([0-9A-Za-z]{16})[0-9A-Za-z]*/g;
/** What is left of a token without its prefix: a key's id, secret and checksum. */
const bareToken = /(?<![0-9A-Za-z])([0-9A-Za-z]{16})[0-9A-Za-z]{38}(?![0-9A-Za-z])/g;
/** A key id that runs on: the rest was typed after a cut token, and is its secret. */
const idRunningOn = /key_([0-9A-Za-z]{16})[0-9A-Za-z]+/g;
/** A token truncated before the end of its key id. */
const tokenStart = /lk_[sp]k_([0-9A-Za-z]{4,15})(?![0-9A-Za-z])/g;
/** The same under another prefix or none, if its letters are no word: it might be a name such as stripe_sk_backup2. */
const otherStart = /(?<![0-9A-Za-z])(?:[a-z][a-z0-9]{1,15}_)?[sp]k_([0-9A-Za-z]{4,15})(?![0-9A-Za-z_])/g;
const word = /^(?:[A-Z]?[a-z]+|[A-Z]+)\d*$|^\d+$/;
const tokenPrefix = /lk_[sp]k_[0-9A-Za-z]*/g;

/**
 * Replaces a pasted token, or the part of one that names its key, with the key id. The search is part of the URL, and so
 * of histories and logs, which must hold no secret; and the key is what the person wants to find.
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

/** The whole key id in a search, whatever stands around it. */
export function keyIdIn(search: string): string | undefined {
  return /(?<![0-9A-Za-z_])key_([0-9A-Za-z]{16})(?![0-9A-Za-z])/.exec(search)?.[1];
}

/** Was a token put in that was cut before the end of its key id, so that nothing can tell which key it is of? */
export function isTokenStart(typed: string): boolean {
  const searched = searchText(typed);
  return searched !== typed && keyIdIn(searched) === undefined;
}
