import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { metadataFault, metadataMaximumBytes } from "./key-metadata";

/** An object whose text has exactly this many bytes. */
const ofBytes = (bytes: number, character: string) => {
  const size = new TextEncoder().encode(character).length;
  const room = bytes - '{"a":""}'.length;
  return `{"a":"${character.repeat(Math.floor(room / size))}${"x".repeat(room % size)}"}`;
};
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

describe("[L13] metadataFault", () => {
  test.each([
    ["nothing in it", "{}"],
    ["names and values", '{"plan":"pro","seats":5,"trial":false,"owner":null,"tags":["a",1]}'],
    ["spellings of numbers", '{"a":1.0,"b":1E5,"c":-0,"d":12345678901234567890,"e":0.10,"f":1e400}'],
    ["names that look like numbers, in this order", '{"2":1,"1":2,"":3}'],
    ["white space and escapes", '{ "a" :\n\t"\\u00e9\\/\\ud83d\\udd11" }'],
    ["the name of a prototype", '{"__proto__":{"a":1},"constructor":1}'],
    ["the same name in two objects", '{"a":{"x":1},"b":{"x":1}}'],
    ["the most bytes of ASCII", ofBytes(2048, "x")],
    ["the most bytes of two each", ofBytes(2048, "é")],
    ["the most bytes of four each", ofBytes(2048, "🔑")],
    ["the deepest nesting", nested(32)],
  ])("accepts %s", (_, text) => {
    expect(metadataFault(text)).toBe(null);
  });

  test.each([
    ["one byte more", ofBytes(2049, "x"), "Metadata has 2,049 bytes; at most 2,048 are allowed"],
    ["one byte more of two each", ofBytes(2049, "é"), "Metadata has 2,049 bytes; at most 2,048 are allowed"],
    [
      "few characters, many bytes",
      `{"a":"${"語".repeat(700)}"}`,
      "Metadata has 2,108 bytes; at most 2,048 are allowed",
    ],
    ["a lot", ofBytes(1_000_000, "x"), "Metadata has 1,000,000 bytes; at most 2,048 are allowed"],
    ["an array", "[1]", 'Metadata has to be a JSON object, such as {"plan": "pro"}'],
    ["null", "null", 'Metadata has to be a JSON object, such as {"plan": "pro"}'],
    ["a string", '"{}"', 'Metadata has to be a JSON object, such as {"plan": "pro"}'],
    ["a number", "7", 'Metadata has to be a JSON object, such as {"plan": "pro"}'],
    ["a comma at the end", '{"a":1,}', "Metadata is not valid JSON"],
    ["single quotes", "{'a':1}", "Metadata is not valid JSON"],
    ["a comment", '{"a":1} // plan', "Metadata is not valid JSON"],
    ["two objects", "{}{}", "Metadata is not valid JSON"],
    ["NaN", '{"a":NaN}', "Metadata is not valid JSON"],
    ["a line break in a string", '{"a":"\n"}', "Metadata is not valid JSON"],
    ["a name twice", '{"a":1,"a":1}', "Metadata has a duplicate name"],
    ["a name twice, once escaped", '{"a":1,"\\u0061":2}', "Metadata has a duplicate name"],
    ["a name twice, inside", '{"x":[{"a":1,"a":2}]}', "Metadata has a duplicate name"],
    [
      "NUL in a value",
      '{"a":"\\u0000"}',
      "Metadata has the character NUL, which not every database can keep",
    ],
    ["NUL in a name", '{"\\u0000":1}', "Metadata has the character NUL, which not every database can keep"],
    ["half a pair, escaped", '{"a":["\\ud83d"]}', /half of a character/],
    ["half a pair in a name", '{"\\udd11":1}', /half of a character/],
    ["half a pair as it is", '{"a":"\ud83d"}', /half of a character/],
    ["too deep objects", nested(33), "Metadata is nested deeper than 32 levels"],
    [
      "too deep arrays",
      `{"a":${"[".repeat(1000)}${"]".repeat(1000)}}`,
      "Metadata is nested deeper than 32 levels",
    ],
  ])("refuses %s", (_, text, fault) => {
    expect(metadataFault(text)).toEqual(typeof fault === "string" ? fault : expect.stringMatching(fault));
  });

  test("accepts whatever JSON.stringify writes of shallow objects, up to the limit in bytes", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 4 })), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\\u0000|\\ud[89a-f]/i.test(text));
        const fits = Buffer.byteLength(text) <= metadataMaximumBytes;
        expect(metadataFault(text) === null).toBe(fits);
      }),
    );
  });
});
