import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonText } from "./json-text";
import type { SharedText } from "./shared-texts";
import { SharedTexts } from "./shared-texts";

test("[L13] holds exactly the texts in use, each once, in any order of taking and releasing", () => {
  const step = fc.record({
    take: fc.boolean(),
    text: fc.constantFrom("1", "22", "[3]", '{"n":4}'),
    at: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const texts = new SharedTexts();
      const used: SharedText[] = [];
      for (const { take, text, at } of steps) {
        if (take) {
          used.push(texts.take(JsonText.of(text)));
        } else {
          const [given] = used.splice(at % (used.length || 1), 1);
          if (given !== undefined) texts.giveBack(given);
        }
        const different = new Set(used);
        expect(new Set(used.map(({ json }) => json.text)).size).toBe(different.size);
        expect(texts.size).toBe(different.size);
        const lengths = [...different].map(({ json }) => json.text.length);
        expect(texts.characters).toBe(lengths.reduce((sum, length) => sum + length, 0));
      }
    }),
  );
});

test("the parsed value is shared, so it cannot be changed, at any depth", () => {
  const { parsed } = new SharedTexts().take(JsonText.of('{"a":[{"b":1}]}'));
  const { a } = parsed as { a: { b: number }[] };
  expect(a).toEqual([{ b: 1 }]);
  expect(() => a.push({ b: 2 })).toThrow(TypeError);
  expect(() => Object.assign(a[0] ?? {}, { b: 2 })).toThrow(TypeError);
});
