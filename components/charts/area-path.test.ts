import { expect, test } from "vitest";
import { areaPath } from "./area-path";

test("each value is a point in the middle of its column, and the area reaches the sides and the bottom", () => {
  expect(areaPath([0, 50, 200], 200)).toEqual({
    line: "M0 100L0.5 100 1.5 75",
    unfinished: "M1.5 75L2.5 0 3 0",
    filled: "M0 100L0.5 100 1.5 75 2.5 0 3 0V100H0z",
  });
});

test("a single value is a flat area, and all of its line is unfinished", () => {
  expect(areaPath([3], 4)).toEqual({
    line: "",
    unfinished: "M0 25L0.5 25 1 25",
    filled: "M0 25L0.5 25 1 25V100H0z",
  });
});
