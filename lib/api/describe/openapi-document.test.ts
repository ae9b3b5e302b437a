import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { operations } from "../all-operations";
import { isIdempotent } from "../operate/operation-errors";
import { openApiDocument } from "./openapi-document";

const document = openApiDocument(operations, "https://latchkey.acme.test");

/** The linter's findings with its recommended rules, without exceptions. */
async function faults(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
  return problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer})`);
}

describe("[B9] the description of the API", () => {
  test("keeps every recommended rule of a linter", async () => {
    expect(await faults(JSON.stringify(document))).toEqual([]);
  });

  test("is checked against rules that do find faults", async () => {
    const broken = { ...document, servers: [], info: { title: "x", version: "1" } };
    expect((await faults(JSON.stringify(broken))).join()).toContain("info-license");
    const wrong = JSON.stringify(document).replace('"slug":"acme"', '"slug":7');
    expect((await faults(wrong)).join()).toContain("no-invalid-media-type-examples");
  });

  // The reference's sections are named by the summaries.
  test.each(["operationId", "summary"] as const)("gives each operation its own %s", (name) => {
    const names = operations.map((each) => each[name]);
    expect(names.filter((each, at) => names.indexOf(each) !== at)).toEqual([]);
  });

  test("accepts an Idempotency-Key for changes, but not for reads", () => {
    const changing =
      /^(create|import|update|delete|remove|revoke|roll|rotate|end|pause|resume|retry|test)[A-Z]/;
    for (const each of operations) {
      const isChange = each.credential === "key" && changing.test(each.operationId);
      expect(isIdempotent(each), each.operationId).toBe(isChange);
    }
  });
});
