import { describe, expect, test } from "vitest";
import { builtInRoles } from "@/lib/core/access/role";
import { createRoleInput, previewRoleChangeInput, updateRoleInput } from "./role";

const good = {
  roleId: "ic_viewer",
  title: "Intelligence Center Read-Only",
  description: "",
  permissions: ["intelligence:read"],
  publishable: false,
};

const faultOf = (over: object) =>
  createRoleInput.safeParse({ ...good, ...over }).error?.issues.map(({ message }) => message);

test("[S5] takes own and built-in permissions, sorted and without doubles", () => {
  const named = ["workspaces:read", "intelligence:read", "intelligence:read"];
  expect(createRoleInput.parse({ ...good, permissions: named }).permissions).toEqual([
    "intelligence:read",
    "workspaces:read",
  ]);
});

describe("[S5] refuses, and says why,", () => {
  test("the id of a built-in role", () => {
    for (const { id } of builtInRoles)
      expect(faultOf({ roleId: id })).toEqual(["A built-in role has this ID"]);
  });

  test("an id that cannot be typed before a dash", () => {
    for (const roleId of ["", "1st", "_x", "Viewer", "a-b", "a b", "é", "a\0", "a".repeat(65), 7, null]) {
      expect(faultOf({ roleId }), String(roleId)).toHaveLength(1);
    }
    expect(faultOf({ roleId: "a".repeat(64) })).toBeUndefined();
  });

  test("an action that a built-in resource lacks", () => {
    expect(faultOf({ permissions: ["intelligence:read", "workspaces:updat"] })).toEqual([
      "There is no action “updat” on the built-in resource “workspaces”",
    ]);
  });

  test("an invalid permission", () => {
    for (const text of ["", "read", "a:b:c", "A:b", "a:", ":b", "*:*", "a\0:b", "é:b"]) {
      expect(faultOf({ permissions: [text] })?.[0], text).toContain("is not a permission");
    }
    expect(faultOf({ permissions: ["x".repeat(10_000)] })?.[0]?.length).toBeLessThan(200);
  });

  test("no permission, and more than a hundred", () => {
    expect(faultOf({ permissions: [] })).toEqual(["A role names at least one permission"]);
    const many = (count: number) => Array.from({ length: count }, (_, index) => `own:a${index}`);
    expect(faultOf({ permissions: many(100) })).toBeUndefined();
    expect(faultOf({ permissions: many(101) })).toEqual(["A role names at most 100 permissions"]);
  });

  test("an empty title, and missing or unknown fields", () => {
    expect(faultOf({ title: "  " })).toEqual(["Title is required"]);
    expect(faultOf({ title: "x".repeat(101) })).toHaveLength(1);
    expect(faultOf({ publishable: "yes" })).toHaveLength(1);
    expect(faultOf({ organizationId: "x" })).toHaveLength(1);
    expect(updateRoleInput.safeParse(good).success).toBe(false);
    expect(previewRoleChangeInput.safeParse(good).success).toBe(false);
  });
});
