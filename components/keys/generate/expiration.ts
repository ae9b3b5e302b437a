import { type KeyExpiry, lifeDays } from "@/lib/core/key-expiry";

/** What the dialog offers; "custom" asks for a date and a time. */
export const expirationChoices = [
  { value: "never", text: "Never expire" },
  ...lifeDays.map((days) => ({ value: String(days), text: days === 365 ? "1 year" : `${days} days` })),
  { value: "custom", text: "Custom date and time" },
];

/** `expiry` is undefined while a custom one is not there or makes no sense. */
export type Expiration = { readonly choice: string; readonly expiry: KeyExpiry | undefined };

export const neverExpires: Expiration = { choice: "never", expiry: null };

/** A number of days goes to the server as such: it knows what time it is. */
export function chooseExpiration(choice: string): Expiration {
  const days = lifeDays.find((offered) => String(offered) === choice);
  if (days !== undefined) return { choice, expiry: { days } };
  return choice === "custom" ? { choice, expiry: undefined } : neverExpires;
}

/** @param local a date and a time as `<input type="datetime-local">` gives it, in the browser's zone */
export function customExpiration(local: string): Expiration {
  const at = new Date(local);
  return { choice: "custom", expiry: local === "" || Number.isNaN(at.getTime()) ? undefined : at };
}
