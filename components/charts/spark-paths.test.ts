import { expect, test } from "vitest";
import { sparkPaths } from "./spark-paths";

test("the highest bar fills the height, and zeros are marks on the ground line", () => {
  expect(sparkPaths([0, 50, 100])).toEqual({
    width: 8,
    zeros: "M0 19h2v1h-2z",
    bars: "M3 10h2v10h-2zM6 0h2v20h-2z",
  });
});

test("a single call among thousands stays visible", () => {
  expect(sparkPaths([1, 40_000]).bars).toContain("M0 18h2v2h-2z");
});

test("no calls are a line of zeros", () => {
  expect(sparkPaths([0, 0])).toEqual({ width: 5, zeros: "M0 19h2v1h-2zM3 19h2v1h-2z", bars: "" });
});
