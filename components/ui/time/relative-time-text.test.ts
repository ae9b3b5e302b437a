import { expect, test } from "vitest";
import { relativeTimeText } from "./relative-time-text";

const now = new Date("2026-11-29T12:00:00Z");
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [0, "just now"],
  [minute - 1, "in a moment"],
  [10_001, "in a moment"],
  [10_000, "just now"],
  [-minute, "1 minute ago"],
  [-119_000, "2 minutes ago"],
  [12 * hour - minute, "in 12 hours"],
  [hour - 20_000, "in 1 hour"],
  [day - minute, "in 1 day"],
  [-30 * day, "30 days ago"],
  [90 * day - hour, "in 3 months"],
  [-729 * day, "2 years ago"],
])("%i ms from now is %s", (distance, words) => {
  expect(relativeTimeText(new Date(now.getTime() + distance), now)).toBe(words);
});

test.each([
  [-3 * minute, "3 min ago"],
  [-12 * hour, "12 h ago"],
  [-2 * day, "2 days ago"],
  [-90 * day, "3 mo ago"],
  [9 * hour, "in 9 h"],
])("%i ms from now is, in short, %s", (distance, words) => {
  expect(relativeTimeText(new Date(now.getTime() + distance), now, true)).toBe(words);
});
