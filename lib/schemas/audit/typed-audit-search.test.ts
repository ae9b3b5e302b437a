import { expect, test } from "vitest";
import { readTypedAuditSearch } from "./typed-audit-search";

test.each([
  ["", "", []],
  ["ana sousa", "ana sousa", []],
  ['"ana sousa"', "ana sousa", []],
  ["actor:ben action:revoked", "", ["actor=ben", "action=revoked"]],
  ['Object:"Billing export" ana', "ana", ["object=Billing export"]],
  ["svc:billing action:", "svc:billing action:", []],
  ['actor:"" x', 'actor:"" x', []],
  ["https://shop.example", "https://shop.example", []],
])("[L7] a typed search of the audit log: %s", (typed, text, terms) => {
  const read = readTypedAuditSearch(typed);
  expect([read.text, read.terms.map(({ name, value }) => `${name}=${value}`)]).toEqual([text, terms]);
});
