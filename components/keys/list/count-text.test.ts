import { describe, expect, test } from "vitest";
import { countText, totalText } from "./count-text";

const all = (count: number) => ({ count, isAll: true });
const atLeast = (count: number) => ({ count, isAll: false });

describe("countText", () => {
  test.each([
    [all(0), "0"],
    [all(9_876), "9,876"],
    [atLeast(10_000), "10k+"],
    [atLeast(4_999), "4k+"],
    [atLeast(999), "900+"],
    [atLeast(1), "1+"],
    [atLeast(0), undefined],
  ])("[S3] %o is shown as %s", (count, text) => expect(countText(count)).toBe(text));
});

describe("totalText", () => {
  test.each([
    ["all counted", all(40), 40, 25, "40"],
    ["a first page of very many", atLeast(10_000), 10_000, 25, "10,000+"],
    ["as far as the count", atLeast(10_000), 10_000, 9_975, "10,000+"],
    ["beyond the count", atLeast(10_000), 12_526, 12_525, "12,526+"],
    ["the last page, where the end is seen", atLeast(10_000), 12_510, 12_525, "12,510"],
    ["few known among very many", atLeast(78), 78, 75, "78+"],
    ["the same, from the beginning", atLeast(78), 78, 25, "70+"],
  ])("[S3] %s", (_, counted, total, seen, text) => expect(totalText(counted, total, seen)).toBe(text));
});
