import { expect, test } from "vitest";
import { expiryAt } from "@/lib/core/keys/key-expiry";
import {
  chooseExpiration,
  customExpiration,
  expirationChoices,
  neverExpires,
  sameLifetime,
} from "./expiration";

const now = new Date("2026-11-21T10:00:00Z");

test("[J5] [Y6] a key never expires by default", () => {
  expect(expirationChoices[0]?.value).toBe(neverExpires.choice);
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
