import fc from "fast-check";
import { expect, test } from "vitest";
import { type GraceEvidence, judgeGrace } from "./grace-evidence";

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 1);
const at = (hours: number) => new Date(start + hours * hour);
const evidence = (over: Partial<GraceEvidence> = {}): GraceEvidence => ({
  ...{
    rolledAt: at(0),
    endsAt: at(168),
    silentHours: 24,
    previousSeenAt: null,
    isCurrentSeen: true,
    toldAt: null,
  },
  ...over,
});

test("[L3] a grace ends once the old secret was silent for long enough and the new one was seen", () => {
  const cases: [string, Partial<GraceEvidence>, number, ReturnType<typeof judgeGrace>][] = [
    ["silent since the roll", {}, 24, "end"],
    ["a moment too early", {}, 23.999, "wait"],
    ["used an hour after the roll", { previousSeenAt: at(1) }, 24.5, "wait"],
    ["silent for a day since", { previousSeenAt: at(1) }, 25, "end"],
    ["a use before the roll does not count", { previousSeenAt: at(-5) }, 24, "end"],
    ["the new one was never seen", { isCurrentSeen: false }, 100, "wait"],
    ["neither was seen, near the end", { isCurrentSeen: false }, 167, "wait"],
    ["in use, and a day is left", { previousSeenAt: at(143) }, 144, "tell"],
    ["in use, and more than a day is left", { previousSeenAt: at(143) }, 143.9, "wait"],
    ["told already", { previousSeenAt: at(143), toldAt: at(144) }, 145, "wait"],
    ["in use alone, near the end", { previousSeenAt: at(143), isCurrentSeen: false }, 150, "tell"],
    ["half of a short grace is left", { endsAt: at(12), silentHours: 6, previousSeenAt: at(5) }, 6, "tell"],
    ["silent at last, although told", { previousSeenAt: at(143), toldAt: at(144) }, 167, "end"],
    ["it has ended anyway", {}, 168, "wait"],
  ];
  for (const [name, over, hours, judged] of cases) {
    expect(judgeGrace(evidence(over), at(hours)), name).toBe(judged);
  }
});

test("[L3] no grace ends early while the old secret is used, or without a sign of the new one", () => {
  const hours = fc.double({ min: 0, max: 200, noNaN: true });
  fc.assert(
    fc.property(
      hours,
      hours,
      fc.integer({ min: 1, max: 167 }),
      fc.boolean(),
      (seen, now, silentHours, isCurrentSeen) => {
        const judged = judgeGrace(
          evidence({ previousSeenAt: at(seen), silentHours, isCurrentSeen }),
          at(now),
        );
        if (judged === "end") {
          expect(isCurrentSeen).toBe(true);
          expect(now - seen).toBeGreaterThanOrEqual(silentHours - 1e-6);
          expect(now).toBeLessThan(168);
        }
      },
    ),
  );
});
