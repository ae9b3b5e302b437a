import type { LifetimePolicy } from "@/lib/core/keys/effective-end";
import { expiryAt, expiryRequired, type KeyExpiry, lifeDays } from "@/lib/core/keys/key-expiry";
import { hasCome } from "@/lib/core/read-time";
import type { KeyOptions, KeyRow } from "@/lib/services/keys/read/key-view";
import { daysText } from "../key-words";

type Lifetime = KeyOptions["lifetime"];

/** Stands in for the policy until it has loaded. */
export const anyLifetime: Lifetime = { requireExpiry: false, maximumLifetimeDays: null };

type ExpirationChoice = {
  readonly value: string;
  readonly label: string;
  readonly disabledBecause?: string | undefined;
};

/** The choices that the dialog offers under a policy; "custom" asks for a date and a time. */
export function expirationChoices({ requireExpiry, maximumLifetimeDays }: Lifetime): ExpirationChoice[] {
  return [
    {
      value: "never",
      label: "Never expire",
      disabledBecause: requireExpiry ? `${expiryRequired}.` : undefined,
    },
    ...presetDays(maximumLifetimeDays).map((days) => ({ value: String(days), label: presetText(days) })),
    { value: "custom", label: "Date and time" },
  ];
}

/** What the policy says about the choices, as sentences; empty if there is none. */
export function policyText({ requireExpiry, maximumLifetimeDays }: Lifetime): string {
  const required = requireExpiry ? `${expiryRequired}.` : "";
  const maximum = maximumLifetimeDays === null ? "" : `Keys live at most ${daysText(maximumLifetimeDays)}.`;
  return [required, maximum].filter(Boolean).join(" ");
}

/** The usual lifetimes below the maximum, then the maximum itself. */
function presetDays(maximumLifetimeDays: LifetimePolicy["maximumLifetimeDays"]): number[] {
  if (maximumLifetimeDays === null) return [...lifeDays];
  return [...lifeDays.filter((days) => days < maximumLifetimeDays), maximumLifetimeDays];
}

function presetText(days: number): string {
  return days === 365 ? "1 year" : daysText(days);
}

/** `expiry` is undefined while a custom date is missing or invalid. */
export type Expiration = { readonly choice: string; readonly expiry: KeyExpiry | undefined };

export const neverExpires: Expiration = { choice: "never", expiry: null };

/** Sends a number of days rather than a date, because the server's clock decides. */
export function chooseExpiration(choice: string): Expiration {
  if (choice === "custom") return { choice, expiry: undefined };
  return choice === "never" ? neverExpires : { choice, expiry: { days: Number(choice) } };
}

/** The longest lifetime that is preselected when the policy rules out the current choice, in days. */
const usualDays = 90;

/** The choice if the policy allows it, otherwise the longest allowed one up to 90 days. */
export function fitExpiration(expiration: Expiration, lifetime: Lifetime): Expiration {
  const offered = expirationChoices(lifetime).filter((each) => each.disabledBecause === undefined);
  if (offered.some(({ value }) => value === expiration.choice)) return expiration;
  const days = offered.map(({ value }) => Number(value)).filter((each) => each > 0);
  return chooseExpiration(String(days.findLast((each) => each <= usualDays) ?? days[0]));
}

/** For a duplicate: the longest preset that is not longer than the original's lifetime, or else the shortest preset. */
export function sameLifetime({ createdAt, expiresAt }: Pick<KeyRow, "createdAt" | "expiresAt">): Expiration {
  if (expiresAt === null) return neverExpires;
  const fits = (days: (typeof lifeDays)[number]) => (expiryAt({ days }, createdAt) ?? createdAt) <= expiresAt;
  return chooseExpiration(String(lifeDays.findLast(fits) ?? lifeDays[0]));
}

/** Is the expiry a date in the past? The server refuses it. A number of days is never past. */
export function isPast(expiry: KeyExpiry, now: Date): boolean {
  return expiry instanceof Date && hasCome(expiry, now);
}

/** @param local the value of an `<input type="datetime-local">`, in the browser's zone */
export function customExpiration(local: string): Expiration {
  const at = new Date(local);
  return { choice: "custom", expiry: local === "" || Number.isNaN(at.getTime()) ? undefined : at };
}
