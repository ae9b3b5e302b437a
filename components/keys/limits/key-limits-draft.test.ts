import { expect, test } from "vitest";
import { changedDraftLimits, draftLimits, limitsDraft, noLimits } from "./key-limits-draft";

test("[L12] addresses are split at any separator people use", () => {
  const addresses = " 203.0.113.0/24, 2001:db8::/32;\n\n198.51.100.7\t";
  expect(draftLimits({ ...noLimits, addresses }).allowedAddresses).toEqual([
    "203.0.113.0/24",
    "2001:db8::/32",
    "198.51.100.7",
  ]);
});

test.each([
  ["", null],
  ["  ", null],
  ["100", { requests: 100, seconds: 60 }],
  ["10,000", { requests: 10_000, seconds: 60 }],
  ["1.000", { requests: Number.NaN, seconds: 60 }],
  ["1e3", { requests: Number.NaN, seconds: 60 }],
  ["-5", { requests: Number.NaN, seconds: 60 }],
  ["0", { requests: 0, seconds: 60 }],
])("[L12] a limit of %j requests is %o", (requests, rateLimit) => {
  expect(draftLimits({ ...noLimits, requests }).rateLimit).toEqual(rateLimit);
});

test("[L12] an edit sends only what it changes", () => {
  const before = { allowedAddresses: ["203.0.113.0/24"], rateLimit: { requests: 5, seconds: 90 } };
  const draft = limitsDraft(before);
  expect(changedDraftLimits(draft, before)).toEqual({});
  expect(changedDraftLimits({ ...draft, addresses: "" }, before)).toEqual({ allowedAddresses: [] });
  expect(changedDraftLimits({ ...draft, requests: "" }, before)).toEqual({ rateLimit: null });
  const hourly = { rateLimit: { requests: 5, seconds: 3600 } };
  expect(changedDraftLimits({ ...draft, seconds: 3600 }, before)).toEqual(hourly);
});
