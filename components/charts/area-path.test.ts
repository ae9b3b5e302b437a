import { expect, test } from "vitest";
import { areaPath } from "./area-path";

test("each value is a point in the middle of its place, and the area reaches the sides and the ground", () => {
  expect(areaPath([0, 50, 200], 200)).toEqual({
    line: "M0 100L0.5 100 1.5 75",
    unfinished: "M1.5 75L2.5 0 3 0",
    filled: "M0 100L0.5 100 1.5 75 2.5 0 3 0V100H0z",
  });
});

test("one value is a flat area that is not finished", () => {
  expect(areaPath([3], 4)).toEqual({
    line: "",
    unfinished: "M0 25L0.5 25 1 25",
    filled: "M0 25L0.5 25 1 25V100H0z",
  });
});
