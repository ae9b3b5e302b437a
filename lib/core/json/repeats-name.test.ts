import fc from "fast-check";
import { expect, test } from "vitest";
import { repeatsName } from "./repeats-name";

test.each([
  '{"a":1,"a":1}',
  '{"a":1, "b":2, "a":3}',
  '{"a":{},"a":[]}',
  '{"x":{"a":1,"a":2}}',
  '[{"a":1},{"b":1,"b":2}]',
  '{"a":1,"\\u0061":2}',
  '{"\\"":1,"\\u0022":2}',
  '{"":1,"":2}',
  '{"__proto__":1,"__proto__":2}',
  '{"a":"}","a":1}',
  '{"a":[1,"b",{"c":1}],"a":1}',
])("%s names a field twice", (text) => {
  expect(repeatsName(text)).toBe(true);
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
  expect(repeatsName(text)).toBe(false);
});

test("output of JSON.stringify never does, and with a duplicated name anywhere it always does", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.json(), fc.string(), (around, inside, name) => {
      expect(repeatsName(around)).toBe(false);
      const doubled = `{${JSON.stringify(name)}:${inside},${JSON.stringify(name)}:${around}}`;
      expect(repeatsName(`[${around},${doubled}]`)).toBe(true);
    }),
  );
});

test("JSON of any depth and length that fits a body is read to its end", () => {
  expect(repeatsName("[".repeat(32_000) + "]".repeat(32_000))).toBe(false);
  expect(repeatsName(`{"a":"${'\\"'.repeat(32_000)}"}`)).toBe(false);
});
