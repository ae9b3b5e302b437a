import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";

const files = globSync("{*,{app,bench,components,deploy,e2e,lib,prisma,scripts}/**/*}.{ts,tsx,js,mjs,css}", {
  exclude: ["lib/db/generated/**", "bench/others/**"],
}).map((file) => file.replaceAll("\\", "/"));

test("no file of code has more than 250 lines", () => {
  expect(files.length).toBeGreaterThan(1000);
  const lines = (file: string) => readFileSync(file, "utf8").split("\n").length - 1;
  expect(files.filter((file) => lines(file) > 250)).toEqual([]);
});

test("no folder has more than 20 files, tests aside", () => {
  const counted = files.filter((file) => !/\.test\.tsx?$/.test(file)).map(dirname);
  const isFull = (folder: string) => counted.filter((each) => each === folder).length > 20;
  expect([...new Set(counted)].filter(isFull)).toEqual([]);
});
