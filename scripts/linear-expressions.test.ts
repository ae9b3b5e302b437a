import { readdirSync, readFileSync } from "node:fs";
import { analyse } from "scslre";
import ts from "typescript";
import { expect, test } from "vitest";

const sources = ["lib", "app", "components"]
  .flatMap((directory) =>
    readdirSync(directory, { recursive: true, encoding: "utf8" }).map((file) => `${directory}/${file}`),
  )
  .concat("proxy.ts")
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));

function expressionsIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest));
  return found;
}

/** With a client's text of 60,000 characters a quadratic expression takes billions of steps. */
function isLinear(expression: string): boolean {
  const end = expression.lastIndexOf("/");
  const { reports } = analyse({ source: expression.slice(1, end), flags: expression.slice(end + 1) });
  return reports.length === 0;
}

test("every regular expression runs in linear time, whatever the text", { timeout: 60_000 }, () => {
  const expressions = sources.flatMap((file) => expressionsIn(file).map((text) => `${file}: ${text}`));
  expect(expressions.length).toBeGreaterThan(100);
  expect(expressions.filter((named) => !isLinear(named.slice(named.indexOf(": ") + 2)))).toEqual([]);
});

test("a quadratic one is found", () => {
  expect(isLinear(String.raw`/(?:\u200c|\u200d)+(?=$|\p{P})/gu`)).toBe(false);
  expect(isLinear(String.raw`/[ \t]+$/`)).toBe(false);
  expect(isLinear(String.raw`/(?<![ \t])[ \t]+$/`)).toBe(true);
});
