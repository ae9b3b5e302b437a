import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonItems, jsonMembers } from "./json-members";
import { JsonText, jsonOf } from "./json-text";

const hard =
  '{ "b":1.0,"2":12345678901234567890,"1":-0,"é\\u00e9\\ud800":"<\\/script>\u2028", "a" : [ 1e400, {}\n] }';

test("[L13] a text is serialized as written, at every depth", () => {
  const text = JsonText.of(hard);
  expect(jsonOf(text)).toBe(hard);
  expect(jsonOf({ data: [{ name: "a", text, none: undefined }, null, undefined] })).toBe(
    `{"data":[{"name":"a","text":${hard}},null,null]}`,
  );
});

test.each(["", "{", "{}x", "1,2", "undefined", '{"a":1}, "valid":true', "\u0000", "NaN", "'a'"])(
  "[L13] %j is not JSON, so it cannot go out",
  (text) => {
    expect(() => JsonText.of(text)).toThrow(SyntaxError);
  },
);

test("JSON.stringify refuses a text instead of changing it", () => {
  expect(() => JSON.stringify({ text: JsonText.of("1.0") })).toThrow(TypeError);
});

test("a value without a text is written as JSON.stringify writes it", () => {
  const at = new Date("2026-11-29T09:00:00Z");
  for (const value of [null, undefined, "a", [], {}, { at, list: [undefined, at], gone: undefined }]) {
    expect(jsonOf(value)).toBe(JSON.stringify(value) ?? "null");
  }
  const text = JsonText.of("7");
  expect(jsonOf([{ at, gone: undefined, run: () => 1 }, text])).toBe(`[{"at":"2026-11-29T09:00:00.000Z"},7]`);
  const named = JSON.parse('{"__proto__":{"a":1},"1":2,"b":3}');
  expect(jsonOf({ ...named, text })).toBe(JSON.stringify({ ...named, text: 7 }));
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonOf([value, text])).toBe(JSON.stringify([value, 7]));
      const around = (inside: unknown) => ({ before: value, inside, gone: undefined, after: [value] });
      expect(jsonOf(around(text))).toBe(JSON.stringify(around(7)));
      if (typeof value !== "object" || value === null || Array.isArray(value)) return;
      expect(jsonOf({ ...value, text })).toBe(JSON.stringify({ ...value, text: 7 }));
    }),
  );
});

test("[L13] members are found as they are written, whatever the values contain", () => {
  expect([...(jsonMembers(hard) ?? [])]).toEqual([
    ["b", "1.0"],
    ["2", "12345678901234567890"],
    ["1", "-0"],
    ["éé\ud800", '"<\\/script>\u2028"'],
    ["a", "[ 1e400, {}\n]"],
  ]);
  expect([...(jsonMembers('{"a":1,"a":2}') ?? [])]).toEqual([["a", "2"]]);
  for (const text of ["[1]", "null", '"{"', "7"]) expect(jsonMembers(text)).toBe(null);
});

test("[L13] items are found as they are written", () => {
  expect(jsonItems(' [ 1.0 ,{"a":[1,2]},\n"],[" , [ ] ] ')).toEqual(["1.0", '{"a":[1,2]}', '"],["', "[ ]"]);
  for (const text of ["[]", " [ ] "]) expect(jsonItems(text)).toEqual([]);
  for (const text of ['{"a":1}', "null", '"["', "7"]) expect(jsonItems(text)).toBe(null);
});

test("items are what JSON.parse finds", () => {
  const space = fc.constantFrom(undefined, 1, "\t");
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), space, (items, indent) => {
      const text = JSON.stringify(items, null, indent);
      expect(jsonItems(text)?.map((item) => JSON.parse(item))).toEqual(JSON.parse(text));
    }),
  );
});

test("members are what JSON.parse finds", () => {
  const space = fc.constantFrom(undefined, 1, "\t");
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), space, (object, indent) => {
      const text = JSON.stringify(object, null, indent);
      const found = [...(jsonMembers(text) ?? [])].map(([name, value]) => [name, JSON.parse(value)]);
      expect(Object.fromEntries(found)).toEqual(JSON.parse(text));
    }),
  );
});
