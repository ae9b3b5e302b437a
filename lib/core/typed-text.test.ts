import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldedText, typedLines, typedText } from "./typed-text";

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  // Strings rich in the characters that the function handles.
  fc
    .array(
      fc.constantFrom(
        ...[
          "a",
          "e",
          "\u0301",
          "é",
          "K",
          "\u212a",
          " ",
          "\u00a0",
          "\u2003",
          "\u3000",
          "\u2028",
          "\t",
          "\n",
          "\r",
        ],
        ...[
          "\u200b",
          "\u200c",
          "\u200d",
          "\ufeff",
          "\u00ad",
          "\ufe0f",
          "👩",
          "🏽",
          "1",
          "\u20e3",
          "ب",
          "क",
          "्",
        ],
        ...["\u{e0067}", "🏴", "\u0345", "\u3164", "\u200e", "-"],
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

describe("typedText", () => {
  test.each([
    ["two spaces", "Nightly  deploy", "Nightly deploy"],
    ["a no-break space", "Nightly\u00a0deploy", "Nightly deploy"],
    ["an ideographic space", "本番\u3000鍵", "本番 鍵"],
    ["white space at the ends", "\u00a0\t Deploy \n", "Deploy"],
    ["a decomposed letter", "Cafe\u0301", "Café"],
    ["decomposed Hangul", "\u1112\u1161\u11ab", "한"],
    ["the Kelvin sign", "\u212aelvin", "Kelvin"],
    ["a space of no width", "De\u200bploy", "Deploy"],
    ["a byte order mark", "\ufeffDeploy", "Deploy"],
    ["a soft hyphen", "De\u00adploy", "Deploy"],
    ["a direction mark", "Deploy\u200e", "Deploy"],
    ["a joiner between Latin letters", "De\u200dploy", "Deploy"],
    ["a joiner at the end", "مفتاح\u200c", "مفتاح"],
    ["a selector after a letter", "Deploy\ufe0f", "Deploy"],
    ["hidden tags", "Deploy\u{e0041}\u{e0042}", "Deploy"],
    ["a Hangul filler", "\u3164Deploy", "Deploy"],
  ])("normalizes %s", (_, text, form) => {
    expect(typedText(text)).toBe(form);
  });

  test.each([
    "👩‍👩‍👧",
    "❤️",
    "1️⃣",
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "می‌خواهم",
    "क्‍ष",
    "日本語",
    "a\u0000b",
    "a\u202eb",
  ])("leaves text unchanged that has a format or is refused elsewhere: %j", (text) =>
    expect(typedText(text)).toBe(text),
  );

  test("is stable, composed, and without white space that people do not see, for any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const form = typedText(text);
        expect(typedText(form)).toBe(form);
        expect(form.normalize("NFC")).toBe(form);
        expect(form).not.toMatch(/ {2}|^ | $|[^\P{Z} ]/u);
        expect(typedText(text.normalize("NFD"))).toBe(form);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("typedLines", () => {
  test("keeps line breaks as line feeds, and no other white space", () => {
    expect(typedLines(" one\u00a0 \r\n\ttwo  words \u2028\rthree\n")).toBe("one\ntwo words\n\nthree");
  });

  test("is stable for any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const form = typedLines(text);
        expect(typedLines(form)).toBe(form);
      }),
      { numRuns: 2000 },
    );
  });
});

test("a folded word is found however it is written", () => {
  for (const text of ["CAFÉ", "cafe\u0301", "Cafe\u0301\u00a0", "\u200bcafé"]) {
    expect(foldedText(text)).toBe("café");
  }
});
