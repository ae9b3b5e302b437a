import { expect, test } from "vitest";
import { expiryAt } from "@/lib/core/keys/key-expiry";
import {
  anyLifetime,
  chooseExpiration,
  customExpiration,
  expirationChoices,
  fitExpiration,
  isPast,
  neverExpires,
  policyText,
  sameLifetime,
} from "./expiration";

const now = new Date("2026-11-21T10:00:00Z");

test("[J5] [Y6] a key never expires by default", () => {
  expect(expirationChoices(anyLifetime)[0]).toMatchObject({ value: neverExpires.choice });
  expect(neverExpires.expiry).toBeNull();
  expect(chooseExpiration("never").expiry).toBeNull();
  expect(expiryAt(null, now)).toBeNull();
});

test("[Y6] a preset is a number of days, which the server counts from its own clock", () => {
  expect(chooseExpiration("7").expiry).toEqual({ days: 7 });
  expect(expiryAt({ days: 7 }, now)).toEqual(new Date("2026-11-28T10:00:00Z"));
  expect(expiryAt({ days: 365 }, now)).toEqual(new Date("2027-11-21T10:00:00Z"));
});

test("[P5] a custom date is read in the browser's time zone, and is not used until it is complete", () => {
  expect(chooseExpiration("custom").expiry).toBeUndefined();
  expect(customExpiration("").expiry).toBeUndefined();
  expect(customExpiration("2026-13-45T99:00").expiry).toBeUndefined();
  expect(customExpiration("2026-12-01T08:30").expiry).toEqual(new Date(2026, 11, 1, 8, 30));
});

test("[P5] a custom date in the past is recognized", () => {
  expect(isPast(new Date(now.getTime() - 1), now)).toBe(true);
  expect(isPast(now, now)).toBe(true);
  expect(isPast(new Date(now.getTime() + 1), now)).toBe(false);
  expect(isPast({ days: 7 }, now)).toBe(false);
  expect(isPast(null, now)).toBe(false);
});

test.each([
  [null, "never"],
  [365 * 24, "365"],
  [90 * 24, "90"],
  [90 * 24 - 1, "30"],
  [1, "7"],
])(
  "[P5] the duplicate of a key that lived %s hours lives no longer where a choice allows it: %s",
  (hours, choice) => {
    const expiresAt = hours === null ? null : new Date(now.getTime() + hours * 3_600_000);
    expect(sameLifetime({ createdAt: now, expiresAt }).choice).toBe(choice);
  },
);

const offered = (lifetime: typeof anyLifetime) =>
  expirationChoices(lifetime).flatMap(({ value, disabledBecause }) => (disabledBecause ? [] : [value]));
const bounded = (maximumLifetimeDays: number, requireExpiry = false) => ({
  requireExpiry,
  maximumLifetimeDays,
});

test("[L15] a policy removes choices, says why, and offers its maximum", () => {
  expect(offered(anyLifetime)).toEqual(["never", "7", "30", "90", "365", "custom"]);
  expect(offered(bounded(45))).toEqual(["never", "7", "30", "45", "custom"]);
  expect(offered(bounded(30, true))).toEqual(["7", "30", "custom"]);
  expect(expirationChoices(bounded(30, true))).toEqual([
    {
      value: "never",
      label: "Never expire",
      disabledBecause: "This organization requires an expiry.",
    },
    { value: "7", label: "7 days" },
    { value: "30", label: "30 days" },
    { value: "custom", label: "Date and time" },
  ]);
  expect(expirationChoices(bounded(1))[1]).toEqual({ value: "1", label: "1 day" });
  expect(policyText(bounded(30, true))).toBe(
    "This organization requires an expiry. Keys live at most 30 days.",
  );
  expect(policyText(anyLifetime)).toBe("");
});

test.each([
  [anyLifetime, "never", "never"],
  [bounded(30), "never", "never"],
  [{ requireExpiry: true, maximumLifetimeDays: null }, "never", "90"],
  [bounded(60, true), "never", "60"],
  [bounded(400, true), "never", "90"],
  [bounded(3, true), "never", "3"],
  [bounded(30), "365", "30"],
  [bounded(365, true), "365", "365"],
  [bounded(30), "custom", "custom"],
])("[L15] under %j the choice %s becomes %s", (lifetime, choice, fitting) => {
  const fit = fitExpiration(chooseExpiration(choice), lifetime);
  expect(fit.choice).toBe(fitting);
  expect(offered(lifetime)).toContain(fit.choice);
});
