import { expect, test } from "vitest";
import { permissionGroups } from "./permission-groups";

const lines = [
  { permission: "case:read", roles: ["analyst"], hindrance: null },
  { permission: "keys:read", roles: ["auditor", "analyst"], hindrance: { by: "key_type" } as const },
  { permission: "keys:verify", roles: ["auditor"], hindrance: null },
];
const shown = (search: string) =>
  permissionGroups(lines, search).map(({ resource, lines: of, held }) => [
    resource,
    of.map((line) => line.permission),
    held,
  ]);

test("[L4] lines are grouped by resource, with the number the key has", () => {
  expect(shown("")).toEqual([
    ["case", ["case:read"], 1],
    ["keys", ["keys:read", "keys:verify"], 1],
  ]);
});

test("[L4] a search matches permissions and roles, and leaves no empty group", () => {
  expect(shown(" VERIFY ")).toEqual([["keys", ["keys:verify"], 1]]);
  expect(shown("analyst")).toEqual([
    ["case", ["case:read"], 1],
    ["keys", ["keys:read"], 0],
  ]);
  expect(shown("nothing")).toEqual([]);
});
