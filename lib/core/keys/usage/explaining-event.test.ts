import { describe, expect, test } from "vitest";
import { explainingEvent } from "./explaining-event";

const start = new Date("2026-12-01T00:00:00Z");
const at = (hour: number) => ({ at: new Date(start.getTime() + hour * 3_600_000) });
const series = (accepted: readonly number[], refused: readonly number[] = accepted.map(() => 0)) => ({
  ...{ start, hoursEach: 1, accepted, refused },
});

describe("[L12] a curve is explained by", () => {
  const spike = series([1000, 1010, 990, 1000, 1010, 1000], [0, 90, 100, 0, 0, 0]);

  test("the event at its greatest jump, on the scale of its own calls", () => {
    expect(explainingEvent(spike, [at(4.5), at(2.5), at(0.2)])).toEqual(at(2.5));
    expect(explainingEvent(series([100, 100, 5, 5, 5]), [at(1.9)])).toEqual(at(1.9));
  });

  test("nothing if nothing happened there, if it is smooth, or if there are few calls", () => {
    expect(explainingEvent(spike, [])).toBeNull();
    expect(explainingEvent(spike, [at(4.5), at(-3), at(99)])).toBeNull();
    expect(explainingEvent(series([80, 90, 100, 90, 80]), [at(1)])).toBeNull();
    expect(explainingEvent(series([0, 20, 0, 20, 0]), [at(1)])).toBeNull();
  });

  test("nothing in the current period", () => {
    expect(explainingEvent(series([100, 100, 100, 10]), [at(3.1), at(2.5)])).toBeNull();
  });
});
