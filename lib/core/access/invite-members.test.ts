import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccessLevel } from "./access-level";
import { accessLevels, isBelow } from "./access-level";
import { invitableLevels } from "./invite-members";
import { creatableUserLevels } from "./permission";

// Written by hand from the permission table: users:create is held by ADMIN for MEMBER, and by OWNER for ADMIN and
// MEMBER; in the browser an owner can also invite owners.
const table: [AccessLevel, AccessLevel[]][] = [
  ["MEMBER", []],
  ["ADMIN", ["MEMBER"]],
  ["OWNER", ["OWNER", "ADMIN", "MEMBER"]],
];

test.each(table)("[B1] %s invites to %j, whoever may create keys", (level, invited) => {
  for (const keyCreators of accessLevels) expect(invitableLevels(level, keyCreators)).toEqual(invited);
});

test("only an owner invites to their own level, and nobody above it", () => {
  const level = fc.constantFrom(...accessLevels);
  fc.assert(
    fc.property(level, level, (own, keyCreators) => {
      for (const invited of invitableLevels(own, keyCreators)) {
        expect(isBelow(invited, own) || (own === "OWNER" && invited === own)).toBe(true);
        expect(invited === own || creatableUserLevels(own).includes(invited)).toBe(true);
      }
    }),
  );
});
