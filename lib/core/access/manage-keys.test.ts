import { describe, expect, test } from "vitest";
import type { AccessLevel } from "./access-level";
import { accessLevels, isAtLeast } from "./access-level";
import type { KeyManager } from "./manage-keys";
import {
  generatableLevels,
  keyVerbs,
  mayManageKey,
  maySeeAllKeys,
  maySeeOwnKeys,
  mayTransferKeys,
} from "./manage-keys";

const verbs = keyVerbs.filter((verb) => verb !== "create");

// Every combination, written by hand. A cell names the allowed actions: r(ead) u(pdate) ro(ll) re(voke) d(elete), `all`
// of them, or `-` for none. "own" is a key that this person created.
const table = `
person | setting | MEMBER key | ADMIN key | OWNER key | own MEMBER key | own ADMIN key | own OWNER key
OWNER  | OWNER   | all        | all       | all       | all            | all           | all
OWNER  | ADMIN   | all        | all       | all       | all            | all           | all
OWNER  | MEMBER  | all        | all       | all       | all            | all           | all
ADMIN  | OWNER   | r re       | r re      | r         | r re           | r re          | r
ADMIN  | ADMIN   | all        | r re      | r         | all            | all           | r
ADMIN  | MEMBER  | all        | r re      | r         | all            | all           | r
MEMBER | OWNER   | -          | -         | -         | -              | -             | -
MEMBER | ADMIN   | -          | -         | -         | -              | -             | -
MEMBER | MEMBER  | -          | -         | -         | all            | r             | r`;

const short = { read: "r", update: "u", roll: "ro", revoke: "re", delete: "d" } as const;

const rows = table
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split("|").map((cell) => cell.trim()));

describe("mayManageKey", () => {
  test.each(rows)("[B2, Y2] %s where %s and above create keys", (level, keyCreators, ...cells) => {
    const manager = { userId: "ana", level, keyCreators } as KeyManager;
    const allowed = (accessLevel: AccessLevel, creatorId: string) => {
      const names = verbs.filter((verb) => mayManageKey(manager, verb, { accessLevel, creatorId }));
      if (names.length === verbs.length) return "all";
      return names.map((verb) => short[verb]).join(" ") || "-";
    };
    expect([
      ...accessLevels.map((accessLevel) => allowed(accessLevel, "bo")),
      ...accessLevels.map((accessLevel) => allowed(accessLevel, "ana")),
    ]).toEqual(cells);
  });

  test("the table above has every person and setting", () => {
    const pairs = rows.map(([level, keyCreators]) => `${level} ${keyCreators}`);
    expect(new Set(pairs).size).toBe(9);
  });
});

// For a key in a namespace where the person has a grant: the lowest level there that lets them manage it.
test.each<[AccessLevel, AccessLevel, AccessLevel, AccessLevel | "never"]>([
  ["ADMIN", "OWNER", "OWNER", "never"],
  ["ADMIN", "ADMIN", "OWNER", "OWNER"],
  ["ADMIN", "MEMBER", "OWNER", "OWNER"],
  ["MEMBER", "OWNER", "ADMIN", "never"],
  ["MEMBER", "ADMIN", "ADMIN", "never"],
  ["MEMBER", "MEMBER", "ADMIN", "ADMIN"],
  ["MEMBER", "MEMBER", "OWNER", "OWNER"],
])(
  "[P7, Y2] %s, where %s and above create keys, manages an own %s key by a grant from %s on, and nobody else's",
  (level, keyCreators, accessLevel, lowest) => {
    const manager = { userId: "ana", level, keyCreators };
    for (const there of [null, ...accessLevels]) {
      const may = (creatorId: string) =>
        (["update", "roll", "delete"] as const).map((verb) =>
          mayManageKey(manager, verb, { accessLevel, creatorId }, there),
        );
      const enough = there !== null && lowest !== "never" && isAtLeast(there, lowest);
      expect(may("ana")).toEqual([enough, enough, enough]);
      expect(may("bo")).toEqual([false, false, false]);
    }
  },
);

test.each<[AccessLevel, AccessLevel, boolean]>([
  ["OWNER", "OWNER", true],
  ["OWNER", "MEMBER", true],
  ["ADMIN", "OWNER", false],
  ["ADMIN", "ADMIN", true],
  ["ADMIN", "MEMBER", true],
  ["MEMBER", "OWNER", false],
  ["MEMBER", "ADMIN", false],
  ["MEMBER", "MEMBER", true],
])("[L12, Y2] the page of own keys for %s where %s and above create keys: %s", (level, keyCreators, seen) => {
  expect(maySeeOwnKeys({ level, keyCreators })).toBe(seen);
});

test.each<[AccessLevel, AccessLevel, boolean]>([
  ["OWNER", "OWNER", true],
  ["ADMIN", "OWNER", true],
  ["ADMIN", "MEMBER", true],
  ["MEMBER", "OWNER", false],
  ["MEMBER", "ADMIN", false],
  ["MEMBER", "MEMBER", false],
])("[B2] the page for %s where %s and above create keys: %s", (level, keyCreators, seen) => {
  expect(maySeeAllKeys({ level, keyCreators })).toBe(seen);
});

test.each<[AccessLevel, AccessLevel, AccessLevel | null, AccessLevel[]]>([
  ["OWNER", "OWNER", "OWNER", ["OWNER", "ADMIN", "MEMBER"]],
  ["OWNER", "ADMIN", "OWNER", ["OWNER", "ADMIN", "MEMBER"]],
  ["OWNER", "MEMBER", "OWNER", ["OWNER", "ADMIN", "MEMBER"]],
  ["OWNER", "OWNER", "ADMIN", ["ADMIN", "MEMBER"]],
  ["OWNER", "OWNER", null, []],
  ["ADMIN", "OWNER", "ADMIN", []],
  ["ADMIN", "OWNER", "OWNER", []],
  ["ADMIN", "ADMIN", "ADMIN", ["ADMIN", "MEMBER"]],
  ["ADMIN", "MEMBER", "ADMIN", ["ADMIN", "MEMBER"]],
  ["ADMIN", "ADMIN", "MEMBER", ["MEMBER"]],
  ["ADMIN", "ADMIN", null, []],
  ["MEMBER", "OWNER", "OWNER", []],
  ["MEMBER", "ADMIN", "MEMBER", []],
  ["MEMBER", "MEMBER", "MEMBER", ["MEMBER"]],
  ["MEMBER", "MEMBER", "ADMIN", ["ADMIN", "MEMBER"]],
  ["MEMBER", "MEMBER", null, []],
])(
  "[B3, P7, Y2] %s generates, where %s and above do, in a namespace where they are %s, keys of levels %j",
  (level, keyCreators, namespaceLevel, levels) => {
    expect(generatableLevels({ level, keyCreators }, namespaceLevel)).toEqual(levels);
  },
);

test("[L12] only owners make another member the creator of keys", () => {
  for (const keyCreators of ["OWNER", "ADMIN", "MEMBER"] as const) {
    const may = (["OWNER", "ADMIN", "MEMBER"] as const).map((level) =>
      mayTransferKeys({ level, keyCreators }),
    );
    expect(may).toEqual([true, false, false]);
  }
});
