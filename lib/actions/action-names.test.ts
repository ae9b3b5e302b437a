import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("action names are unique, because a submission's fingerprint includes them", () => {
  const files = readdirSync("lib/actions").filter((file) => !/^action\.ts$|\.test\.ts$/.test(file));
  const texts = files.map((file) => readFileSync(`lib/actions/${file}`, "utf8"));
  const made = texts.flatMap((text) => [
    ...text.matchAll(/\b(?:organization|person)(?:Action|Change)\(\s*("[^"]*")?/g),
  ]);
  const names = made.map(([, name]) => name);
  expect(names.length).toBeGreaterThan(20);
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});
