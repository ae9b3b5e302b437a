import fc from "fast-check";
import { expect, test } from "vitest";
import { repeatedName } from "./repeated-name";

test.each([
  ['{"a":1,"a":1}', "a"],
  ['{"a":1, "b":2, "a":3}', "a"],
  ['{"a":{},"a":[]}', "a"],
  ['{"x":{"a":1,"a":2}}', "x.a"],
  ['[{"a":1},{"b":1,"b":2}]', "1.b"],
  ['{"keys":[{"a":[1,[2,3],4]},{"b":{"c":{},"d":[],"c":1}}]}', "keys.1.b.c"],
  ['{"a":1,"\\u0061":2}', "a"],
  ['{"\\"":1,"\\u0022":2}', '"'],
  ['{"":1,"":2}', ""],
  ['{"__proto__":1,"__proto__":2}', "__proto__"],
  ['{"a":"}","a":1}', "a"],
  ['{"a":[1,"b",{"c":1}],"a":1}', "a"],
])("%s names %s twice", (text, path) => {
  expect(repeatedName(text)?.join(".")).toBe(path);
});

test.each([
  "{}",
  "[]",
  "7",
  '"a"',
  '["a","a"]',
  '{"a":"a","b":"a"}',
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":2}]',
  '{"a":["a","a"],"b":1}',
  '{"a":"{\\"b\\":1,\\"b\\":2}"}',
  '{"a":"\\\\","b":1}',
  '{"a\\\\":1,"a":2}',
])("%s does not", (text) => {
  expect(JSON.parse(text)).toBeDefined();
  expect(repeatedName(text)).toBe(null);
});

test("output of JSON.stringify has none, and a name that is repeated anywhere is found", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.json(), fc.string(), (around, inside, name) => {
      expect(repeatedName(around)).toBe(null);
      const doubled = `{${JSON.stringify(name)}:${inside},${JSON.stringify(name)}:${around}}`;
      expect(repeatedName(`[${around},${doubled}]`)).toEqual([1, name]);
    }),
  );
});

test("JSON of any depth and length that fits a body is read to its end", () => {
  expect(repeatedName("[".repeat(32_000) + "]".repeat(32_000))).toBe(null);
  expect(repeatedName(`{"a":"${'\\"'.repeat(32_000)}"}`)).toBe(null);
});
