import { expect, test } from "vitest";
import { chooseExpiration, customExpiration, expirationChoices, neverExpires } from "./expiration";

const now = new Date("2026-11-21T10:00:00Z");

test("[J5] [Y6] a key never expires unless asked to", () => {
  expect(expirationChoices[0].value).toBe(neverExpires.choice);
  expect(neverExpires.at).toBeNull();
  expect(chooseExpiration("never", now).at).toBeNull();
});

test("[Y6] a preset is that many days from now", () => {
  expect(chooseExpiration("7", now).at).toEqual(new Date("2026-11-28T10:00:00Z"));
  expect(chooseExpiration("365", now).at).toEqual(new Date("2027-11-21T10:00:00Z"));
});

test("[P5] a custom one is read in the browser's zone, and is none until it is whole", () => {
  expect(chooseExpiration("custom", now).at).toBeUndefined();
  expect(customExpiration("").at).toBeUndefined();
  expect(customExpiration("2026-13-45T99:00").at).toBeUndefined();
  expect(customExpiration("2026-12-01T08:30").at).toEqual(new Date(2026, 11, 1, 8, 30));
});
