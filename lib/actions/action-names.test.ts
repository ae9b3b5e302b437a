import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("no two actions have one name, which is part of what a submission asks for", () => {
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
