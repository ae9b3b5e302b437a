import { describe, expect, test } from "vitest";
import { keySeesRoles, mayKeyManageRoles, mayKeyReadRoles, newlyGiven } from "./manage-roles-by-keys";
import { namespaceTypes } from "./namespace";

describe("[S5] keys among roles", () => {
  test("only keys of the organization itself see roles, whatever they hold", () => {
    for (const type of namespaceTypes) {
      const key = { namespace: { type }, permissions: ["keys:read", "roles:manage"] };
      const expected = type === "organization";
      expect([keySeesRoles(key), mayKeyReadRoles(key), mayKeyManageRoles(key)], type).toEqual([
        expected,
        expected,
        expected,
      ]);
    }
  });

  test("reading needs keys:read and managing needs roles:manage; neither replaces the other", () => {
    const may = (permissions: string[]) => {
      const key = { namespace: { type: "organization" as const }, permissions };
      return [mayKeyReadRoles(key), mayKeyManageRoles(key)];
    };
    expect(may([])).toEqual([false, false]);
    expect(may(["keys:read"])).toEqual([true, false]);
    expect(may(["roles:manage"])).toEqual([false, true]);
  });
});

describe("newlyGiven", () => {
  const role = (permissions: string[], publishable = false) => ({ permissions, publishable });
  test.each([
    { before: null, after: role(["a:read"]), given: ["a:read"] },
    { before: role(["a:read"]), after: role(["a:read"]), given: [] },
    { before: role(["a:read", "b:read"]), after: role(["b:read"]), given: [] },
    { before: role(["a:read"]), after: role(["a:read", "b:read"]), given: ["b:read"] },
    { before: role(["a:read"]), after: role(["a:read"], true), given: ["a:read"] },
    { before: role(["a:read"], true), after: role(["a:read"]), given: [] },
    { before: role(["a:read"], true), after: role(["a:read", "b:read"], true), given: ["b:read"] },
  ])("from $before to $after gives $given", ({ before, after, given }) => {
    expect(newlyGiven(before, after)).toEqual(given);
  });
});
