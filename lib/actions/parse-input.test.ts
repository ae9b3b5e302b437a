import { expect, test } from "vitest";
import { z } from "zod";
import { generateKeyInput } from "@/lib/schemas/key";
import { parseInput } from "./parse-input";

const cycle: Record<string, unknown> = { name: "a" };
cycle.self = cycle;
const trap = {
  get name() {
    throw new Error("no");
  },
};

test.each([
  ["nothing", undefined],
  ["null", null],
  ["text", "x"],
  ["a number", 1],
  ["a list", []],
  ["a cycle", cycle],
  ["a getter that throws", trap],
  ["a promise", Promise.resolve({})],
  ["a map", new Map([["name", "a"]])],
  ["a form", new FormData()],
  ["a big integer", 10n],
  ["a date that is none", { expiresAt: new Date(Number.NaN) }],
  [
    "too many unknown fields",
    Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`f${index}`, 1])),
  ],
  ["a prototype", JSON.parse('{"__proto__": {"name": "a"}}')],
  ["very long text", { name: "a".repeat(1_000_000) }],
])("%s is an invalid request, never an exception", (_, input) => {
  const parsed = parseInput(generateKeyInput, input);
  expect(parsed).toMatchObject({ ok: false, code: "invalid_request" });
  expect(JSON.stringify(parsed).length).toBeLessThan(10_000);
});

test("says which fields", () => {
  const parsed = parseInput(z.strictObject({ a: z.object({ b: z.string() }) }), { a: { b: 1 } });
  expect(parsed.ok ? [] : parsed.fields?.map(({ field }) => field)).toEqual(["a.b"]);
});
