import { expiryAt, type KeyExpiry, lifeDays } from "@/lib/core/keys/key-expiry";
import type { KeyRow } from "@/lib/services/keys/read/key-view";

/** The choices the dialog offers; "custom" asks for a date and a time. */
export const expirationChoices = [
  { value: "never", text: "Never expire" },
  ...lifeDays.map((days) => ({ value: String(days), text: days === 365 ? "1 year" : `${days} days` })),
  { value: "custom", text: "Custom date and time" },
];

/** `expiry` is undefined while a custom date is missing or invalid. */
export type Expiration = { readonly choice: string; readonly expiry: KeyExpiry | undefined };

export const neverExpires: Expiration = { choice: "never", expiry: null };

/** Sends a number of days rather than a date, because the server's clock decides. */
export function chooseExpiration(choice: string): Expiration {
  const days = lifeDays.find((offered) => String(offered) === choice);
  if (days !== undefined) return { choice, expiry: { days } };
  return choice === "custom" ? { choice, expiry: undefined } : neverExpires;
}

/** The longest choice that is no longer than the key's whole life, or the shortest one there is. */
export function sameLifetime({ createdAt, expiresAt }: Pick<KeyRow, "createdAt" | "expiresAt">): Expiration {
  if (expiresAt === null) return neverExpires;
  const fits = (days: (typeof lifeDays)[number]) => (expiryAt({ days }, createdAt) ?? createdAt) <= expiresAt;
  return chooseExpiration(String(lifeDays.findLast(fits) ?? lifeDays[0]));
}

/** @param local a date and time in the browser's zone, as `<input type="datetime-local">` gives it */
export function customExpiration(local: string): Expiration {
  const at = new Date(local);
  return { choice: "custom", expiry: local === "" || Number.isNaN(at.getTime()) ? undefined : at };
}
