import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccessLevel } from "./access-level";
import { accessLevels, isBelow } from "./access-level";
import type { ManagingKey } from "./manage-keys";
import { keyVerbs, mayKeyCreateKey, mayKeyManageKey } from "./manage-keys";

const permissions = keyVerbs.map((verb) => `keys:${verb}`);
const manager = (level: AccessLevel, over: Partial<ManagingKey> = {}): ManagingKey => ({
  keyId: "itself",
  type: "secret",
  byAccessToken: false,
  permissions,
  level,
  ...over,
});
const verbs = ["read", "update", "roll", "revoke", "delete"] as const;

// Written by hand: the levels of keys in its namespace on which a key of each level, with every permission, may use the
// verb.
const able: Record<AccessLevel, Record<(typeof verbs)[number], readonly AccessLevel[]>> = {
  OWNER: {
    read: ["MEMBER", "ADMIN", "OWNER"],
    update: ["MEMBER", "ADMIN"],
    roll: ["MEMBER", "ADMIN"],
    revoke: ["MEMBER", "ADMIN", "OWNER"],
    delete: ["MEMBER", "ADMIN"],
  },
  ADMIN: {
    read: ["MEMBER", "ADMIN", "OWNER"],
    update: ["MEMBER"],
    roll: ["MEMBER"],
    revoke: ["MEMBER", "ADMIN"],
    delete: ["MEMBER"],
  },
  MEMBER: {
    read: ["MEMBER", "ADMIN", "OWNER"],
    update: [],
    roll: [],
    revoke: ["MEMBER", "ADMIN"],
    delete: [],
  },
};

describe("a key as the manager of keys", () => {
  test.each(accessLevels)("[B3] of level %s", (level) => {
    for (const verb of verbs) {
      const keys = accessLevels.filter((accessLevel) =>
        mayKeyManageKey(manager(level), verb, { id: "another", accessLevel }),
      );
      expect(keys, verb).toEqual(able[level][verb]);
    }
  });

  test("[B3] creates keys strictly below its level, whatever the level", () => {
    for (const level of accessLevels) {
      const given = accessLevels.filter((asked) => mayKeyCreateKey({ permissions, level }, asked));
      expect(given).toEqual(accessLevels.filter((asked) => isBelow(asked, level)));
      expect(accessLevels.some((asked) => mayKeyCreateKey({ permissions: [], level }, asked))).toBe(false);
    }
  });

  test("each permission allows only its own verb", () => {
    for (const held of verbs) {
      const opened = verbs.filter((verb) =>
        mayKeyManageKey(manager("OWNER", { permissions: [`keys:${held}`] }), verb, {
          id: "another",
          accessLevel: "MEMBER",
        }),
      );
      expect(opened).toEqual([held]);
    }
  });

  test("[J7] rolls itself whatever its level and permissions, if its own secret was presented", () => {
    const any = fc.record({
      level: fc.constantFrom(...accessLevels),
      type: fc.constantFrom("secret" as const, "public" as const),
      byAccessToken: fc.boolean(),
      permissions: fc.subarray(permissions),
    });
    fc.assert(
      fc.property(any, fc.constantFrom(...accessLevels), (over, accessLevel) => {
        const may = mayKeyManageKey(manager(over.level, over), "roll", { id: "itself", accessLevel });
        return may === (over.type === "secret" && !over.byAccessToken);
      }),
    );
  });
});
