import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hiddenColumns } from "./hidden-columns";

/** Columns whose names sound like secrets but are not, with the reason. */
const notSecret = new Set([
  "ApiKey.secretVersion", // a count
  "ApiKeySecret.publicToken", // an identifier, shown to everybody
  "AuditEntry.hash", // part of the chain, shown by the API
  "AuditHead.hash",
  "IdempotentRequest.keyHash", // of a client's name for a request
  "IdempotentRequest.fingerprint",
  "TokenFamily.secretId", // a row's id
  "ApiKeyCallerHour.secretId",
  "Organization.tokenPrefix", // what its tokens start with
]);

test("[Y3] every column that verifies a secret is left out of full rows", () => {
  const hidden: Readonly<Record<string, Readonly<Record<string, true>>>> = hiddenColumns;
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  const open: string[] = [];
  for (const [, model = "", body = ""] of schema.matchAll(/^model (\w+) \{([^}]*)\}/gm)) {
    const accessor = model.charAt(0).toLowerCase() + model.slice(1);
    for (const [, column = "", type = ""] of body.matchAll(/^ {2}(\w+) +(\w+)/gm)) {
      if (!/hash|secret|token|sealed|password|fingerprint|salt/i.test(column)) continue;
      // A relation, a time and a flag cannot hold a secret.
      if (!["Bytes", "String", "Json", "Int"].includes(type)) continue;
      if (hidden[accessor]?.[column] || notSecret.has(`${model}.${column}`)) continue;
      open.push(`${model}.${column}`);
    }
  }
  expect(open).toEqual([]);
  // And the listed columns exist.
  expect(Object.keys(hidden).length).toBeGreaterThanOrEqual(7);
});
