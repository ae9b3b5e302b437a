import { parseToken } from "./format";
import { isRefreshToken } from "./refresh-token";

/** As long as a secret key's token and a refresh token are, wherever they stand. */
const candidates = /lk_(?:sk_[0-9A-Za-z]{54}|rt_[0-9A-Za-z]{49})/g;

/** Does a whole secret stand in this text? What merely begins like one, or has another checksum, opens nothing. */
export function holdsSecret(text: string): boolean {
  const found = text.match(candidates) ?? [];
  return found.some((token) => parseToken(token) !== null || isRefreshToken(token));
}
