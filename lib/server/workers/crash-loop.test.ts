import { expect, test } from "vitest";
import { CrashLoop, settledMs } from "./crash-loop";

test("a worker that ran for a while is replaced at once, however many did", () => {
  const loop = new CrashLoop();
  for (let count = 0; count < 100; count++) expect(loop.afterEnd(settledMs)).toBe(0);
});

test("workers that end at their start are replaced after growing pauses, and then no longer", () => {
  const loop = new CrashLoop();
  const pauses = Array.from({ length: 7 }, () => loop.afterEnd(1000));
  expect(pauses).toEqual([100, 200, 400, 800, 1600, 3200, null]);
});

test("a worker that stays up resets the count; one that ended after a long time does not", () => {
  const loop = new CrashLoop();
  for (let count = 0; count < 6; count++) loop.afterEnd(0);
  loop.settled();
  for (let count = 0; count < 6; count++) expect(loop.afterEnd(0)).not.toBeNull();
  expect(loop.afterEnd(settledMs)).toBe(0);
  expect(loop.afterEnd(0)).toBeNull();
});
