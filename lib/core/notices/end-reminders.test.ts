import fc from "fast-check";
import { expect, test } from "vitest";
import { reminderDays, reminderDue } from "./end-reminders";

const dayMs = 24 * 60 * 60 * 1000;
const at = (text: string) => new Date(text);
const made = at("2026-01-01T12:00:00Z");

test("[L17] a key's people are reminded when the 14th, the 7th and the last day before its end begin, in UTC", () => {
  const ends = at("2026-03-29T15:30:00Z");
  const cases: [string, number | null][] = [
    ["2026-03-14T23:59:59.999Z", null],
    ["2026-03-15T00:00:00Z", 14],
    ["2026-03-21T23:59:59.999Z", 14],
    ["2026-03-22T00:00:00Z", 7],
    // Clocks change in Europe on the 29th. Days in UTC do not.
    ["2026-03-27T23:59:59.999Z", 7],
    ["2026-03-28T00:00:00Z", 1],
    ["2026-03-29T15:29:59.999Z", 1],
    ["2026-03-29T15:30:00Z", null],
  ];
  for (const [now, days] of cases) expect(reminderDue(made, ends, at(now)), now).toBe(days);
});

test("[L17] a key that lives for three days has only the last reminder, one of a day has none", () => {
  const due = (lifeDays: number) => {
    const ends = new Date(made.getTime() + lifeDays * dayMs);
    const given = [];
    for (let now = made.getTime(); now < ends.getTime(); now += dayMs / 24) {
      given.push(reminderDue(made, ends, new Date(now)));
    }
    return [...new Set(given)].filter((days) => days !== null);
  };
  expect([1, 3, 10, 30].map(due)).toEqual([[], [1], [7, 1], [14, 7, 1]]);
});

const moment = fc
  .integer({ min: made.getTime(), max: made.getTime() + 60 * dayMs })
  .map((ms) => new Date(ms));

test("[L17] each reminder is at least its number of days before the end, and less than a day earlier", () => {
  fc.assert(
    fc.property(moment, moment, fc.constantFrom(...reminderDays), (created, ends, days) => {
      const begins = Math.floor(ends.getTime() / dayMs) * dayMs - days * dayMs;
      const left = ends.getTime() - begins;
      expect(left >= days * dayMs && left < (days + 1) * dayMs).toBe(true);
      const isTold = begins > created.getTime();
      expect(reminderDue(created, ends, new Date(begins)) === days).toBe(isTold);
      expect(reminderDue(created, ends, new Date(begins - 1))).not.toBe(days);
    }),
  );
});

test("[L17] keys that end on the same day have their reminders at the same time, if they are old enough", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: dayMs - 1 }),
      fc.integer({ min: 0, max: dayMs - 1 }),
      moment,
      (a, b, now) => {
        const [first, second] = [a, b].map((ms) => new Date(made.getTime() + 40 * dayMs - dayMs / 2 + ms));
        if (first === undefined || second === undefined) throw new Error("There are two");
        if (now >= first || now >= second) return;
        expect(reminderDue(made, first, now)).toBe(reminderDue(made, second, now));
      },
    ),
  );
});

test("[L17] over time a reminder is never followed by an earlier one", () => {
  fc.assert(
    fc.property(moment, moment, fc.array(moment), (created, ends, times) => {
      const due = times
        .sort((a, b) => a.getTime() - b.getTime())
        .map((now) => reminderDue(created, ends, now))
        .filter((days) => days !== null);
      expect(due).toEqual([...due].sort((a, b) => b - a));
    }),
  );
});
