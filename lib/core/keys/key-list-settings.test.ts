import { expect, test } from "vitest";
import { readKeyColumns } from "./key-list-settings";

test.each([
  ["", []],
  ["namespace", ["namespace"]],
  ["namespace,type,type", ["type", "namespace"]],
  ["hash,__proto__,type ", []],
])("[L13] the columns of %j are %o", (text, columns) => {
  expect(readKeyColumns(text)).toEqual(columns);
});
