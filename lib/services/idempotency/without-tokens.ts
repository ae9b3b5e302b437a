import { JsonText } from "@/lib/core/json/json-text";

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
      .filter(([name, inside]) => !once.includes(name) && !holdsToken(name) && !holdsToken(inside))
      .map(([name, inside]) => [name, withoutTokens(inside, once)]),
  );
}

/** JSON is checked as it is stored and, since letters may be written as escapes, as it is read. */
function holdsToken(value: unknown): boolean {
  if (value instanceof JsonText) return holdsSecret(value.text) || holdsSecret(unescaped(value));
  return typeof value === "string" && holdsSecret(JSON.stringify(value));
}

function unescaped({ text }: JsonText): string {
  return JSON.stringify(JSON.parse(text));
}

/**
 * Text as long as a secret key's token of any prefix, or a refresh token, anywhere in the input. A mistyped one opens
 * nothing, but the database refuses to store it too: it knows no checksum.
 */
const secret = /(?:[a-z][a-z0-9]{1,15}_sk_[0-9A-Za-z]{54}|lk_rt_[0-9A-Za-z]{49})/;

function holdsSecret(text: string): boolean {
  return secret.test(text);
}
