import fc from "fast-check";
import { expect, test } from "vitest";
import type { CodeLanguage } from "./highlight";
import { highlight } from "./highlight";

const kindsOf = (code: string, language: CodeLanguage) =>
  highlight(code, language)
    .filter(({ kind }) => kind !== "plain")
    .map(({ text, kind }) => `${kind} ${text}`);

test("JSON member names and string values differ in colour", () => {
  expect(kindsOf('{ "name": "a \\"b\\": c", "on": true, "count": -12.5 }', "json")).toEqual([
    'name "name"',
    'string "a \\"b\\": c"',
    'name "on"',
    "keyword true",
    'name "count"',
    "number -12.5",
  ]);
});

test("a shell line shows its command, options, strings and variables", () => {
  expect(kindsOf("# why\ncurl -s 'https://a.test/#x' \\\n  -H \"a: $B\" $C", "shell")).toEqual([
    "comment # why",
    "keyword curl",
    "name -s",
    "string 'https://a.test/#x'",
    "name -H",
    'string "a: $B"',
    "name $C",
  ]);
});

test("TypeScript and Python show comments, strings, words and numbers", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code to colour
  const code = 'const url = "http://a"; // new\nawait get(`${url}`, 3_000);';
  expect(kindsOf(code, "typescript")).toEqual([
    "keyword const",
    'string "http://a"',
    "comment // new",
    "keyword await",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code to colour
    "string `${url}`",
    "number 3_000",
  ]);
  expect(kindsOf('import os # os\nprint(f"{x}" if x else None)', "python")).toEqual([
    "keyword import",
    "comment # os",
    "keyword print",
    'string f"{x}"',
    "keyword if",
    "keyword else",
    "keyword None",
  ]);
});

test("the pieces of any code join to that code", () => {
  const languages = fc.constantFrom<CodeLanguage>("json", "shell", "typescript", "python", "text");
  const codes = fc.string({ unit: fc.constantFrom(..."\"'`\\#/$ \n-:a1{}") });
  fc.assert(
    fc.property(codes, languages, (code, language) => {
      const joined = highlight(code, language)
        .map(({ text }) => text)
        .join("");
      expect(joined).toBe(code);
    }),
  );
});
