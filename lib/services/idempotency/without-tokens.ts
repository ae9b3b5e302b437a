import { JsonText } from "@/lib/core/json/json-text";
import { parseToken } from "@/lib/token/format";
import { isRefreshToken } from "@/lib/token/refresh-token";

/**
 * An answer as it may be stored: without the fields in `once`, and without any other that contains a secret key's
 * token or a refresh token. Dates become ISO strings.
 */
export function withoutTokens(value: unknown, once: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutTokens(item, once));
  if (value instanceof Date) return value.toISOString();
  if (value instanceof JsonText) return value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inside]) => !once.includes(name) && !holdsToken(inside))
      .map(([name, inside]) => [name, withoutTokens(inside, once)]),
  );
}

function holdsToken(value: unknown): boolean {
  if (value instanceof JsonText) return holdsSecret(value.text) || holdsSecret(unescaped(value));
  return typeof value === "string" && holdsSecret(value);
}

/** Letters may be written as escapes. */
function unescaped({ text }: JsonText): string {
  return JSON.stringify(JSON.parse(text));
}

/** Text with the length of a secret key's token or a refresh token, anywhere in the input. */
const candidates = /lk_(?:sk_[0-9A-Za-z]{54}|rt_[0-9A-Za-z]{49})/g;

/** Does this text contain a complete secret? A partial one, or one with a wrong checksum, opens nothing. */
function holdsSecret(text: string): boolean {
  const found = text.match(candidates) ?? [];
  return found.some((token) => parseToken(token) !== null || isRefreshToken(token));
}
