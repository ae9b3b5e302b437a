import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainText } from "./plain-text";

const name = plainText({ label: "Name", minimum: 1, maximum: 100 });
const description = plainText({ label: "Description", minimum: 0, maximum: 500, lines: true });

const message = (schema: typeof name, text: unknown) => schema.safeParse(text).error?.issues[0]?.message;

describe("plainText", () => {
  test.each([
    "Deploy",
    "O'Brien; DROP TABLE",
    "100 %_\\",
    "日本語",
    "مفتاح",
    "🔑",
    "👩‍👩‍👧",
    "<b>&amp;",
    "=1+1",
    "é",
  ])("accepts what people type: %s", (text) => {
    expect(name.parse(text)).toBe(text);
    expect(name.parse(`  ${text}\n`)).toBe(text);
  });

  test.each([
    ["nothing", "", "Name is required"],
    ["blanks", " \t\n\u00a0", "Name is required"],
    ["a number", 7, "Name must be a string"],
    ["null", null, "Name is required"],
    ["an object that pretends", { toString: () => "x" }, "Name must be a string"],
    ["101 characters", "x".repeat(101), "Name has at most 100 characters"],
    ["ten million", "x".repeat(10_000_000), "Name has at most 100 characters"],
    ["NUL", "a\0b", "Name has characters that cannot be shown"],
    ["escape", "a\u001b[31m", "Name has characters that cannot be shown"],
    ["delete", "a\u007f", "Name has characters that cannot be shown"],
    ["a C1 control", "a\u0085b", "Name has characters that cannot be shown"],
    ["a line break", "a\nb", "Name has characters that cannot be shown"],
    ["a right-to-left override", "a\u202etxt.exe", "Name has characters that cannot be shown"],
    ["an isolate", "a\u2066b", "Name has characters that cannot be shown"],
    ["half a surrogate pair", "a\ud83d", "Name is not well-formed text"],
    ["the other half", "\udd11a", "Name is not well-formed text"],
    ["characters without width", "\u200b\u200d\u2060", "Name is required"],
    ["blanks of Braille", "\u2800\u2800", "Name is required"],
    ["a note of music without a head", "\u{1d159}", "Name has nothing to show"],
    ["blanks among hieroglyphs", "\u{13441}\u{13442}", "Name has nothing to show"],
    ["an accent without a letter", "\u0301", "Name has nothing to show"],
  ])("refuses %s", (_, text, reason) => {
    expect(message(name, text)).toBe(reason);
  });

  test("invisible characters are no name, and cannot make two names look alike", () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      if (!/[\p{DI}\p{Cf}\p{Z}\u2800]/u.test(character)) continue;
      // Signs over a number, which are visible: Arabic, Syriac and Kaithi.
      if (/[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u.test(character)) continue;
      // Controls that join hieroglyphs visibly.
      if (code >= 0x13430 && code <= 0x1343f) continue;
      const parsed = name.safeParse(`a${character}b`);
      expect(["ab", "a b", undefined], code.toString(16)).toContain(parsed.data);
      expect(name.safeParse(character).success, code.toString(16)).toBe(false);
    }
  });

  test("a description may be empty and may have line breaks", () => {
    expect(description.parse("")).toBe("");
    expect(description.parse("one\r\n\ttwo\nthree")).toBe("one\ntwo\nthree");
    for (const character of ["\0", "\b", "\v", "\f", "\u001b", "\u202e", "\ud800"]) {
      expect(description.safeParse(`a${character}b`).success).toBe(false);
    }
  });

  test("accepted text is trimmed, well-formed, bounded and without control characters", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 150 }),
        fc.string({ maxLength: 2 }),
        (text, around) => {
          const parsed = name.safeParse(around + text);
          if (!parsed.success) return;
          expect(parsed.data).toBe(parsed.data.trim());
          expect(parsed.data.isWellFormed()).toBe(true);
          expect(parsed.data.length).toBeLessThanOrEqual(100);
          expect(parsed.data).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
          expect(name.parse(parsed.data)).toBe(parsed.data);
        },
      ),
    );
  });
});
