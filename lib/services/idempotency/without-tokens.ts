import { JsonText } from "@/lib/core/json/json-text";

/**
 * An answer without the fields in `once`, and without any field that contains a secret key's token or a refresh token,
 * so that it can be stored. Dates become ISO strings.
 */
export function withoutTokens(value: unknown, once: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutTokens(item, once));
  if (value instanceof Date) return value.toISOString();
  if (value instanceof JsonText) return value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inside]) => !once.includes(name) && !holdsToken(name) && !holdsToken(inside))
      .map(([name, inside]) => [name, withoutTokens(inside, once)]),
  );
}

/** Checks JSON both as stored and as parsed, since letters may be escaped. */
function holdsToken(value: unknown): boolean {
  if (value instanceof JsonText) return holdsSecret(value.text) || holdsSecret(unescaped(value));
  return typeof value === "string" && holdsSecret(JSON.stringify(value));
}

function unescaped({ text }: JsonText): string {
  return JSON.stringify(JSON.parse(text));
}

/**
 * Text as long as a secret key's token with any prefix, or as a refresh token, anywhere in the input. The checksum does
 * not matter, since the database's own check does not know it either.
 */
const secret = /(?:[a-z][a-z0-9]{1,15}_sk_[0-9A-Za-z]{54}|lk_rt_[0-9A-Za-z]{49})/;

function holdsSecret(text: string): boolean {
  return secret.test(text);
}
