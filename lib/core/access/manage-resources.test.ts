import { describe, expect, test } from "vitest";
import type { AccessLevel } from "./access-level";
import { lowerLevels, mayCreateResource, mayManageResource, maySeeResource } from "./manage-resources";
import type { ResourceType } from "./resource";
import { resourceTypes } from "./resource";

const levels = [null, "MEMBER", "ADMIN", "OWNER"] as const;
type Verb = "update" | "delete" | "grant";

// Written by hand from the permission table: the lowest sufficient grant in the resource itself.
const enough: Record<ResourceType, Record<Verb, AccessLevel>> = {
  application: { update: "ADMIN", delete: "OWNER", grant: "OWNER" },
  workspace: { update: "ADMIN", delete: "ADMIN", grant: "OWNER" },
  usergroup: { update: "ADMIN", delete: "ADMIN", grant: "OWNER" },
};
const reaches: Record<AccessLevel, readonly (AccessLevel | null)[]> = {
  MEMBER: ["MEMBER", "ADMIN", "OWNER"],
  ADMIN: ["ADMIN", "OWNER"],
  OWNER: ["OWNER"],
};

describe.each(resourceTypes)("[P9] %s", (type) => {
  test.each(["update", "delete", "grant"] as const)(
    "%s is decided by the grant in it alone, and by no level around it but the organization's OWNER",
    (verb) => {
      for (const organization of ["MEMBER", "ADMIN", "OWNER"] as const) {
        for (const parent of levels) {
          for (const own of levels) {
            const expected = organization === "OWNER" || reaches[enough[type][verb]].includes(own);
            expect(
              mayManageResource({ organization, parent, own }, verb, type),
              `${organization} in the organization, ${parent} around it, ${own} in it`,
            ).toBe(expected);
          }
        }
      }
    },
  );

  test("is created by an ADMIN or OWNER of its parent, and by the organization's OWNER", () => {
    for (const parent of levels) {
      const expected = parent === "ADMIN" || parent === "OWNER";
      expect(mayCreateResource({ organization: "MEMBER", parent }, type)).toBe(expected);
      expect(mayCreateResource({ organization: "ADMIN", parent }, type)).toBe(expected);
      expect(mayCreateResource({ organization: "OWNER", parent }, type)).toBe(true);
    }
  });

  test("is seen with any level in it or in its parent, and by the organization's OWNER", () => {
    for (const organization of ["MEMBER", "ADMIN"] as const) {
      for (const parent of levels) {
        for (const own of levels) {
          const expected = parent !== null || own !== null;
          expect(maySeeResource({ organization, parent, own }, type)).toBe(expected);
        }
      }
    }
    expect(maySeeResource({ organization: "OWNER", parent: null, own: null }, type)).toBe(true);
  });
});

describe("[B8] two levels that are both needed", () => {
  test("combine to the lower one, and to none if one is missing", () => {
    const owner = { organization: "OWNER", parent: "OWNER", own: "ADMIN" } as const;
    const admin = { organization: "ADMIN", parent: null, own: "OWNER" } as const;
    const both = { organization: "ADMIN", parent: null, own: "ADMIN" };
    expect(lowerLevels(owner, admin)).toEqual(both);
    expect(lowerLevels(admin, owner)).toEqual(both);
    expect(lowerLevels(owner, owner)).toEqual(owner);
  });
});
