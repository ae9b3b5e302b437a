import { expect, test } from "vitest";
import { actionFiles } from "@/e2e/permission-matrix/action-files";

test("action names are unique, because a submission's fingerprint includes them", () => {
  const made = actionFiles().flatMap(({ text }) => [
    ...text.matchAll(/\b(?:organization|person)(?:Action|Change)\(\s*("[^"]*")?/g),
  ]);
  const names = made.map(([, name]) => name);
  expect(names.length).toBeGreaterThan(20);
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});
