import { expect, test } from "vitest";
import { csvRow } from "./csv-row";

const cell = (text: string) => csvRow([text]).slice(0, -2);

test("[L12] cells are quoted as RFC 4180 asks, and only where they have to be", () => {
  expect(csvRow(["plain", "a,b", 'say "hi"', "two\nlines", "", null, 7, true])).toBe(
    'plain,"a,b","say ""hi""","two\nlines",,,7,true\r\n',
  );
  expect(csvRow([new Date("2026-11-29T10:00:00.000Z")])).toBe("2026-11-29T10:00:00.000Z\r\n");
  expect(cell('","')).toBe('""","""');
});

test("[L12, Y3] a spreadsheet runs no typed text as a formula", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1", "\n=1"]) {
    expect(cell(text).replace(/^"/, "").startsWith("'"), JSON.stringify(text)).toBe(true);
  }
  expect(cell('=HYPERLINK("https://evil.example","x")')).toBe(
    `"'=HYPERLINK(""https://evil.example"",""x"")"`,
  );
  // Programs that also separate cells by semicolons or tabs find no extra cell in a name.
  expect(cell("a;=1+1")).toBe('"a;=1+1"');
  expect(cell("a\t=1+1")).toBe('"a\t=1+1"');
  // A quotation mark cannot end the cell and begin another.
  expect(cell('a","=1')).toBe('"a"",""=1"');
  for (const text of ["a=1", "1-2", "key_0123", "Zoë's", "{}"]) expect(cell(text)).toBe(text);
});
