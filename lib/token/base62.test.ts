import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base62Alphabet, encodeBase62, randomBase62 } from "./base62";

describe("randomBase62", () => {
  test("gives exactly the requested length, of digits and letters", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), (length) => {
        expect(randomBase62(length)).toMatch(new RegExp(`^[0-9A-Za-z]{${length}}$`));
      }),
    );
  });

  test("favours no character: chi-square over 620,000 characters", () => {
    const expected = 10_000;
    const counts = new Map<string, number>([...base62Alphabet].map((character) => [character, 0]));
    for (const character of randomBase62(expected * 62)) {
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    expect(counts.size).toBe(62);
    let chiSquare = 0;
    for (const count of counts.values()) chiSquare += (count - expected) ** 2 / expected;
    // 61 degrees of freedom: chance exceeds 150 about once in 10^9 runs. Bytes taken modulo 62 without
    // rejection would make eight characters a quarter likelier and give about 4,000.
    expect(chiSquare).toBeLessThan(150);
    // A constant sequence would be too even.
    expect(chiSquare).toBeGreaterThan(10);
  });

  test("favours no character at any position", () => {
    const texts = Array.from({ length: 20_000 }, () => randomBase62(16));
    const firstEight = new Set(base62Alphabet.slice(0, 8));
    for (let place = 0; place < 16; place++) {
      const share = texts.filter((text) => firstEight.has(text[place] ?? "")).length / texts.length;
      // 8/62 = 0.129; seven standard deviations are 0.0166. Modulo bias would give 0.156.
      expect(Math.abs(share - 8 / 62)).toBeLessThan(0.0166);
    }
  });

  test("does not repeat", () => {
    expect(new Set(Array.from({ length: 10_000 }, () => randomBase62(16))).size).toBe(10_000);
  });
});

describe("encodeBase62", () => {
  test.each([
    [0, "000000"],
    [1, "000001"],
    [9, "000009"],
    [10, "00000A"],
    [35, "00000Z"],
    [36, "00000a"],
    [61, "00000z"],
    [62, "000010"],
    [2 ** 32 - 1, "4gfFC3"],
  ])("%d is %s", (value, text) => {
    expect(encodeBase62(value, 6)).toBe(text);
  });

  test("is read back digit by digit, most significant first", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
        const text = encodeBase62(value, 6);
        expect(text).toHaveLength(6);
        expect([...text].reduce((sum, digit) => sum * 62 + base62Alphabet.indexOf(digit), 0)).toBe(value);
      }),
    );
  });
});
