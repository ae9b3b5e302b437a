import { describe, expect, test } from "vitest";
import type { AccessLevel } from "./access-level";
import { accessLevels } from "./access-level";
import { keySeesUsers, mayKeyChangeUser, mayKeyGiveLevel, mayKeyUse } from "./manage-users-by-keys";
import { namespaceTypes } from "./namespace";

// Written by hand from B5: OWNER creates ADMIN and MEMBER, ADMIN creates MEMBER, MEMBER creates none.
const below: Record<AccessLevel, readonly AccessLevel[]> = {
  OWNER: ["MEMBER", "ADMIN"],
  ADMIN: ["MEMBER"],
  MEMBER: [],
};

describe("what a key does to people", () => {
  test.each(accessLevels)("[B5] a key of level %s gives and changes only levels below it", (level) => {
    expect(accessLevels.filter((given) => mayKeyGiveLevel({ level }, given))).toEqual(below[level]);
    expect(accessLevels.filter((user) => mayKeyChangeUser({ level }, user))).toEqual(below[level]);
  });

  test("[P3] people belong to the organization: no other key sees them", () => {
    expect(namespaceTypes.filter((type) => keySeesUsers({ namespace: { type } }))).toEqual(["organization"]);
  });

  test.each(["read", "create", "update", "delete"] as const)("users:%s allows only its own verb", (verb) => {
    for (const type of namespaceTypes) {
      const opened = (["read", "create", "update", "delete"] as const).filter((each) =>
        mayKeyUse({ namespace: { type }, permissions: [`users:${verb}`] }, each),
      );
      expect(opened).toEqual(type === "organization" ? [verb] : []);
    }
  });
});
