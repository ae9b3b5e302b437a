import { expect, test } from "vitest";
import { labelFilterFault, readLabelFilters } from "./read-label-filters";

test.each([
  ["", [], null],
  [" env = production ,team,, team", ["env=production", "team"], null],
  ["url=a=b", ["url=a=b"], null],
  ["env=", ["env="], null],
  ["Env=a", ["Env=a"], "“Env=a” is not the name of a label, or a name and its value"],
  ["=a", ["=a"], expect.stringContaining("is not the name")],
  [
    Array.from({ length: 11 }, (_, index) => `n${index}`).join(),
    expect.anything(),
    "A key has at most 10 labels",
  ],
])("[L13] filtering by %j", (text, filters, fault) => {
  expect(readLabelFilters(text)).toEqual(filters);
  expect(labelFilterFault(readLabelFilters(text))).toEqual(fault);
});
