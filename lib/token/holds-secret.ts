import { parseToken } from "./format";
import { isRefreshToken } from "./refresh-token";

/** Text with the length of a secret key's token or a refresh token, anywhere in the input. */
const candidates = /lk_(?:sk_[0-9A-Za-z]{54}|rt_[0-9A-Za-z]{49})/g;

/** Does this text contain a complete secret? A partial one, or one with a wrong checksum, opens nothing. */
export function holdsSecret(text: string): boolean {
  const found = text.match(candidates) ?? [];
  return found.some((token) => parseToken(token) !== null || isRefreshToken(token));
}
