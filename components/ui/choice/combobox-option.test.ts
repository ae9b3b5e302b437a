import { expect, test } from "vitest";
import { groupedOptions, matchingOptions } from "./combobox-option";

const options = [
  { value: "1", text: "Acme", secondary: "OWNER", group: "Organization" },
  { value: "2", text: "Storefront", secondary: "ADMIN", group: "Applications" },
  { value: "3", text: "Storefront / Production", secondary: "MEMBER", group: "Workspaces" },
  { value: "4", text: "Billing", group: "Applications" },
];
const found = (search: string) => matchingOptions(options, search).map(({ value }) => value);

test("every word of the search appears in the option, in any order and case", () => {
  expect(found("")).toEqual(["1", "2", "3", "4"]);
  expect(found("  ")).toEqual(["1", "2", "3", "4"]);
  expect(found("store")).toEqual(["2", "3"]);
  expect(found("PROD store")).toEqual(["3"]);
  expect(found("admin")).toEqual(["2"]);
  expect(found("workspaces")).toEqual(["3"]);
  expect(found("store nothing")).toEqual([]);
});

test("groups keep the order of their first options and lose no option", () => {
  expect(groupedOptions(options).map(([group, of]) => [group, of.map(({ value }) => value)])).toEqual([
    ["Organization", ["1"]],
    ["Applications", ["2", "4"]],
    ["Workspaces", ["3"]],
  ]);
});
