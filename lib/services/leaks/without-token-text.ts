/** What the token of a secret key, or a refresh token, looks like. */
const secretToken = /lk_(sk|rt)_[0-9A-Za-z]+/g;

/**
 * A text of somebody else's as it may be kept and shown: cut, without the token that stands in it, and
 * without what the database takes in no text.
 */
export function withoutTokenText(
  text: string,
  { maximumLength = 1_000 }: { readonly maximumLength?: number } = {},
): string {
  return text.replace(secretToken, "lk_$1_...").replaceAll("\0", "").slice(0, maximumLength).toWellFormed();
}
