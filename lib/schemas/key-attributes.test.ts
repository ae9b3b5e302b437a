import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { keyLabels, keyMetadata, keySubject } from "./key-attributes";

const fault = (schema: z.ZodType, sent: unknown) => schema.safeParse(sent).error?.issues[0]?.message;

describe("[L13] subject", () => {
  test.each([
    "cus_123",
    "CUS_123",
    "x",
    " cus 123 ",
    "cafe\u0301",
    "caf\u00e9",
    "ﬁ",
    "a\u200bb",
    "👩‍👩‍👧",
    "https://id.example/users/7?a=b#c",
    "O'Brien\"; DROP TABLE",
    "%_\\",
    "x".repeat(200),
    "語".repeat(200),
    "🔑".repeat(200),
  ])("is stored as sent: %j", (subject) => {
    expect(keySubject.parse(subject)).toBe(subject);
  });

  test.each([[null], [""]])("%j is none", (sent) => {
    expect(keySubject.parse(sent)).toBe(null);
  });

  test.each([
    ["201 characters", "x".repeat(201), "Subject has at most 200 characters"],
    ["201 characters of two code units", "🔑".repeat(201), "Subject has at most 200 characters"],
    ["ten million", "x".repeat(10_000_000), "Subject has at most 200 characters"],
    ["NUL", "a\0b", "Subject has characters that cannot be shown"],
    ["a line break", "a\nb", "Subject has characters that cannot be shown"],
    ["a header's end", "a\r\nX-Latchkey-Access-Level: OWNER", "Subject has characters that cannot be shown"],
    ["a C1 control", "a\u0085", "Subject has characters that cannot be shown"],
    ["a line separator", "a\u2028b", "Subject has characters that cannot be shown"],
    ["a right-to-left override", "a\u202eb", "Subject has characters that cannot be shown"],
    ["half a pair", "a\ud83d", "Subject is not well-formed text"],
    ["blanks", " \u00a0", "Subject is blank"],
    ["a number", 7, "Subject is text"],
    ["an object", {}, "Subject is text"],
  ])("refuses %s", (_, sent, message) => {
    expect(fault(keySubject, sent)).toBe(message);
  });
});

describe("[L13] metadata", () => {
  test.each([
    ['{"b":1.0,"a":2}', '{"b":1.0,"a":2}'],
    [' \r\n\t{ "a" : 1 }\n', '{ "a" : 1 }'],
    ["\ufeff{}\u00a0", "{}"],
    ["", null],
    [" \n", null],
    [null, null],
  ])("%j becomes %j", (sent, stored) => {
    expect(keyMetadata.parse(sent)).toBe(stored);
  });

  test.each([
    ["a space inside that JSON does not know", "{\u00a0}", "Metadata is not valid JSON"],
    ["an object instead of its text", { a: 1 }, "Metadata is JSON text"],
    ["an array", "[]", 'Metadata has to be a JSON object, such as {"plan": "pro"}'],
  ])("refuses %s", (_, sent, message) => {
    expect(fault(keyMetadata, sent)).toBe(message);
  });

  test("white space around it does not count", () => {
    const text = `{"a":"${"é".repeat(1020)}"}`;
    expect(keyMetadata.parse(` ${text} `)).toBe(text);
  });
});

describe("[L13] labels", () => {
  const many = (count: number) => Object.fromEntries([...Array(count).keys()].map((at) => [`l${at}`, "x"]));

  test.each([
    [{}, {}],
    [null, {}],
    [
      { team: " billing\u00a0 eu ", env: "" },
      { team: "billing eu", env: "" },
    ],
    [
      { constructor: "x", "a.b_c-d9": "x".repeat(80) },
      { constructor: "x", "a.b_c-d9": "x".repeat(80) },
    ],
    [{ a: "🔑".repeat(80) }, { a: "🔑".repeat(80) }],
    [{ ["a".repeat(40)]: "語" }, { ["a".repeat(40)]: "語" }],
    [many(10), many(10)],
  ])("%j becomes %j", (sent, stored) => {
    expect(keyLabels.parse(sent)).toEqual(stored);
  });

  const names = "Label names use a-z, 0-9, _ . -, start with a letter and have at most 40 characters";
  test.each([
    ["eleven", many(11), "A key has at most 10 labels"],
    ["an upper-case name", { Team: "x" }, names],
    ["an empty name", { "": "x" }, names],
    ["a name that starts with a digit", { "1a": "x" }, names],
    ["a name with a space", { "a b": "x" }, names],
    ["a name with =", { "a=b": "x" }, names],
    ["a name with a line break", { "a\n": "x" }, names],
    ["41 characters", { ["a".repeat(41)]: "x" }, names],
    ["a prototype", JSON.parse('{"__proto__":"x"}'), names],
    ["a value of 81 characters", { a: "x".repeat(81) }, "The value has at most 80 characters"],
    [
      "a value of 81 characters of two code units",
      { a: "🔑".repeat(81) },
      "The value has at most 80 characters",
    ],
    ["a value of ten million", { a: "x".repeat(10_000_000) }, "The value has at most 80 characters"],
    ["a value with NUL", { a: "x\0" }, "The value has characters that cannot be shown"],
    ["a value of blanks that are letters", { a: "\u{1d159}" }, "The value has nothing to show"],
    ["a number as value", { a: 1 }, "The value must be a string"],
    ["null as value", { a: null }, "The value is required"],
    ["a list", ["a"], 'Labels are an object of names and values, such as {"team": "billing"}'],
    ["text", "a=b", 'Labels are an object of names and values, such as {"team": "billing"}'],
  ])("refuses %s", (_, sent, message) => {
    expect(fault(keyLabels, sent)).toBe(message);
  });

  test("an invalid value is reported at its name, and an invalid name is not quoted", () => {
    const paths = (sent: unknown) => keyLabels.safeParse(sent).error?.issues.map(({ path }) => path);
    expect(paths({ team: 7 })).toEqual([["team"]]);
    expect(paths({ "lk_sk_A B": "x" })).toEqual([[]]);
  });
});
