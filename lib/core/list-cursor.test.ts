import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatListCursor, formatSequenceCursor, parseListCursor, parseSequenceCursor } from "./list-cursor";

const id = "0198f2a4-7c3e-7b1a-8f00-2b6f0a1c9d3e";

describe("a list's cursor", () => {
  test("leads back to the row it was created from", () => {
    const times = fc.date({ min: new Date(0), max: new Date("5000-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(times, fc.uuid(), (createdAt, uuid) => {
        expect(parseListCursor(formatListCursor({ createdAt, id: uuid }), "uuid")).toEqual({
          createdAt,
          id: uuid,
        });
      }),
    );
    const position = { createdAt: new Date("2026-11-21T00:00:00.123Z"), id: "8ZqkY2sXw0aBcDeF" };
    expect(parseListCursor(formatListCursor(position), "key")).toEqual(position);
  });

  test("of another list, cut, lengthened or made up is invalid", () => {
    const good = formatListCursor({ createdAt: new Date("2026-11-21"), id });
    expect(parseListCursor(good, "uuid")).not.toBeNull();
    expect(parseListCursor(good, "key")).toBeNull();
    for (const bad of [
      "",
      "_",
      id,
      `${good} `,
      `0${good}`,
      good.slice(0, -1),
      good.toUpperCase(),
      `-1_${id}`,
      `zzzzzzzzzz_${id}`,
      `1_${id.replaceAll("-", "")}`,
      `1_${id}'`,
    ]) {
      expect(parseListCursor(bad, "uuid"), bad).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (text) => parseListCursor(text, "uuid") === null));
  });
});

describe("a cursor of a list that is ordered by a number", () => {
  test("leads back to the row it was created from", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (sequence) => {
        expect(parseSequenceCursor(formatSequenceCursor(sequence))).toBe(sequence);
      }),
    );
  });

  test("that no list returned is invalid", () => {
    const beyond = (2 ** 31).toString(36);
    for (const bad of ["", "0", "01", "-1", "1.5", "A", " 1", "1 ", beyond, "zzzzzzz", "1_2"]) {
      expect(parseSequenceCursor(bad), bad).toBeNull();
    }
  });
});
