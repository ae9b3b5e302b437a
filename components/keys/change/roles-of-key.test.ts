import { expect, test } from "vitest";
import { roleFor } from "./roles-of-key";

test("[L9] a role for what a key used is named after the key, and its id is valid", () => {
  const idFor = (name: string) => roleFor({ name, type: "secret" }, ["keys:verify"]).roleId;
  expect(idFor("Billing production (EU-1)")).toBe("billing_production_eu_1");
  expect(idFor("2nd worker")).toBe("nd_worker");
  expect(idFor("日本語")).toBe("");
  expect(idFor(`${"x".repeat(64)} y`)).toBe("x".repeat(64));
  expect(roleFor({ name: "Open", type: "public" }, ["maps:read"])).toMatchObject({
    title: "Open",
    permissions: ["maps:read"],
    publishable: true,
  });
});
