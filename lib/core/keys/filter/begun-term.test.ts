import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { begunTerm, completedSearch, withoutUnfinishedTerm } from "./begun-term";
import { distancesFrom } from "./time-filter";
import { readTypedSearch } from "./typed-search";

/** Splits a text at the bar, which marks the caret. */
const at = (marked: string) => [marked.replace("|", ""), marked.indexOf("|")] as const;

describe("[L13] the term at the caret", () => {
  test.each([
    ["creator:|", { start: 0, name: "creator", part: "" }],
    ["shop Level:ad|", { start: 5, name: "level", part: "ad" }],
    ["level:ad| shop", { start: 0, name: "level", part: "ad" }],
    ['subject:"Acme C|', { start: 0, name: "subject", part: "Acme C" }],
    ["shop cre|", { start: 5, name: null, part: "cre" }],
    ["status:pau|", { start: 0, name: "status", part: "pau" }],
  ])("%s", (marked, term) => {
    expect(begunTerm(...at(marked))).toEqual(term);
  });

  test.each(["|", "c|", "shop|", "shop |", "creator|:ana", "lev|el", "creater:a|", '"cre|', 'x:"a"|', "12|"])(
    "%s is none",
    (marked) => {
      expect(begunTerm(...at(marked))).toBeNull();
    },
  );

  test.each([
    ["cre|", "creator", null, "creator:|"],
    ["level:ad|", "level", "admin", "level:admin |"],
    ["x level:ad| shop", "level", "admin", "x level:admin |shop"],
    ["subject:Ac|", "subject", "Acme Co", 'subject:"Acme Co" |'],
  ] as const)("%s is completed by %s, %s", (marked, name, value, wanted) => {
    const [typed, caret] = at(marked);
    const term = begunTerm(typed, caret);
    if (term === null) throw new Error("There is a term");
    const done = completedSearch(typed, caret, term, name, value);
    expect(`${done.typed.slice(0, done.caret)}|${done.typed.slice(done.caret)}`).toBe(wanted);
  });

  test.each([
    ["shop level:", "shop"],
    ["level:ad", ""],
    ["level:admin", "level:admin"],
    ["creator:an", "creator:an"],
    ["status:pau", ""],
    ["level:ad shop", "level:ad shop"],
    ["creater:ana", "creater:ana"],
  ])("%s is searched as %s while it is typed", (typed, searched) => {
    expect(withoutUnfinishedTerm(typed)).toBe(searched);
  });

  test("is found in any text, and leaving out an unfinished one leaves out nothing else", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.nat(60), (typed, caret) => {
        begunTerm(typed, caret);
        const searched = withoutUnfinishedTerm(typed);
        expect(typed.startsWith(searched)).toBe(true);
        if ("search" in readTypedSearch(typed)) expect(searched).toBe(typed);
      }),
    );
  });
});

test.each([
  ["<30", ["<30d", "<30w", "<30m", "<30y", "<30h"]],
  ["30", ["<30d", ">30d"]],
  [">9999", [">9999d", ">9999h"]],
  ["<", []],
  ["<030", []],
  ["2026-01", []],
])("[L13] %s begins the times %j", (part, times) => {
  expect(distancesFrom(part)).toEqual(times);
});
