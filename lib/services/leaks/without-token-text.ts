/** The form of a secret key's token with any prefix, or of a refresh token. */
const secretToken = /([a-z][a-z0-9]{1,15}_sk|lk_rt)_[0-9A-Za-z]+/g;

/**
 * Makes text from outside safe to store and show: truncated, without tokens, and without characters that the database
 * rejects.
 */
export function withoutTokenText(
  text: string,
  { maximumLength = 1_000 }: { readonly maximumLength?: number } = {},
): string {
  return text.replace(secretToken, "$1_...").replaceAll("\0", "").slice(0, maximumLength).toWellFormed();
}
