import { expect, test } from "vitest";
import { arePermissions, draftContent, draftOf, draftPermissions, emptyDraft } from "./role-draft";

test("[S5] a draft accepts any separators between permissions, and sends them sorted and once", () => {
  const role = {
    title: "Viewer",
    description: "",
    permissions: ["audit:read", "intelligence:read", "intelligence:write"],
    publishable: true,
  };
  const draft = draftOf(role);
  expect(draft).toMatchObject({ ownText: "intelligence:read\nintelligence:write", builtIn: ["audit:read"] });
  expect(draftContent(draft)).toEqual(role);
  const ownText = "\n intelligence:write,\tintelligence:read\r\n\naudit:read intelligence:read,";
  expect(draftPermissions({ ...draft, ownText })).toEqual(role.permissions);
  expect(draftPermissions(emptyDraft)).toEqual([]);
});

test("[S5] tells valid permissions from other text", () => {
  expect(arePermissions(["intelligence:read", "audit:read"])).toBe(true);
  for (const named of [[], ["intelligence"], ["audit:write"], ["intelligence:read", "A:b"]]) {
    expect(arePermissions(named)).toBe(false);
  }
});
