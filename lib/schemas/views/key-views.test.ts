import { expect, test } from "vitest";
import { saveKeyViewInput } from "./key-views";

const keyId = "aB7cD8eF9gH0jK1m";
const token = `lk_sk_${keyId}${"S".repeat(32)}123456`;
const saved = (parameters: [string, string][]) =>
  saveKeyViewInput.parse({ name: "Mine", query: new URLSearchParams(parameters).toString() }).query;

test("[L13] a view keeps the search, the filters and the order, but no page or open key", () => {
  const kept: [string, string][] = [
    ["search", "shop creator:ana"],
    ["label", "team=billing"],
    ["label", "env"],
    ["sort", "name"],
  ];
  expect(saved([...kept, ["page", "3"], ["key", keyId]])).toBe(new URLSearchParams(kept).toString());
});

test("[Y3] a token in the address is not stored: only the id of its key is", () => {
  for (const parameter of ["search", "subject", "creator", "namespace"]) {
    expect(saved([[parameter, token]])).toBe(`${parameter}=key_${keyId}`);
  }
  // The list only reads the first search, but a view would store all of them.
  const twice = saved([
    ["search", "shop"],
    ["search", token],
  ]);
  expect(twice).not.toContain("SSS");
});
