import { holdsSecret } from "@/lib/token/holds-secret";

/**
 * An answer as it may be stored: without the fields in `once`, and without any other that contains a secret key's
 * token or a refresh token. Dates become ISO strings.
 */
export function withoutTokens(value: unknown, once: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutTokens(item, once));
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inside]) => !once.includes(name) && !holdsToken(inside))
      .map(([name, inside]) => [name, withoutTokens(inside, once)]),
  );
}

function holdsToken(value: unknown): boolean {
  return typeof value === "string" && holdsSecret(value);
}
