const dayMs = 24 * 60 * 60 * 1000;

/** What the dialog offers; "custom" asks for a date and a time. [Y6, P5] */
export const expirationChoices = [
  { value: "never", text: "Never expire", days: null },
  { value: "7", text: "7 days", days: 7 },
  { value: "30", text: "30 days", days: 30 },
  { value: "90", text: "90 days", days: 90 },
  { value: "365", text: "1 year", days: 365 },
  { value: "custom", text: "Custom date and time", days: null },
] as const;
export type ExpirationChoice = (typeof expirationChoices)[number]["value"];

/** `at` is null for never, and undefined while a custom one is not there or makes no sense. */
export type Expiration = { readonly choice: ExpirationChoice; readonly at: Date | null | undefined };

export const neverExpires: Expiration = { choice: "never", at: null };

/** The moment is fixed here, so that what the dialog shows is what is sent. */
export function chooseExpiration(choice: ExpirationChoice, now: Date): Expiration {
  if (choice === "custom") return { choice, at: undefined };
  const days = expirationChoices.find(({ value }) => value === choice)?.days ?? null;
  return { choice, at: days === null ? null : new Date(now.getTime() + days * dayMs) };
}

/** @param local a date and a time as `<input type="datetime-local">` gives it, in the browser's zone */
export function customExpiration(local: string): Expiration {
  const at = new Date(local);
  return { choice: "custom", at: local === "" || Number.isNaN(at.getTime()) ? undefined : at };
}
