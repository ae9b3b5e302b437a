import { expect, test } from "vitest";
import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import { builtInRoles, type Role } from "@/lib/core/access/role";
import { coveringText, idleText, type RoleSelection, rolesText, whyIdle } from "./roles-text";

const selection = (selected: string[], level: RoleSelection["level"], isPublic = false): RoleSelection => ({
  roles: builtInRoles,
  selected,
  isPublic,
  level,
  permissionsOf: (roles: readonly Role[]) =>
    effectivePermissions({
      ...{ type: isPublic ? "public" : "secret", accessLevel: level, roles },
      ...{ creatorLevel: "OWNER", keyCreators: "OWNER" },
    }).permissions,
});

test.each([
  [selection([], "OWNER"), "Without a role the key has no permissions."],
  [selection(["key_verifier"], "MEMBER"), "With these roles the key has no permissions."],
  [selection(["key_verifier"], "ADMIN"), "1 of 1 permission."],
  [selection(["full_access"], "OWNER"), "29 of 29 permissions."],
  [selection(["full_access"], "MEMBER"), /^\d of 29 permissions\.$/],
  [selection(["full_access", "read_only"], "MEMBER"), /^\d of 29 permissions\.$/],
])("[P9] what the chosen roles give is said in one sentence", (chosen, text) => {
  expect(rolesText(chosen)).toMatch(text);
});

test("[P9] a role that makes the others redundant is named", () => {
  const text = "full_access alone gives them all: remove it to narrow the key.";
  expect(coveringText(selection(["full_access", "read_only"], "OWNER"))).toBe(text);
  expect(coveringText(selection(["read_only", "full_access"], "MEMBER"))).toMatch(/alone gives them all/);
  expect(coveringText(selection(["full_access"], "OWNER"))).toBe("");
  expect(coveringText(selection(["read_only", "key_verifier"], "ADMIN"))).toBe("");
  expect(coveringText(selection(["key_verifier", "auditor"], "MEMBER"))).toBe("");
});

test("[P9] a chosen role without effect is named, unless no role has an effect", () => {
  expect(idleText(selection(["read_only", "key_verifier"], "MEMBER"))).toBe(
    "key_verifier has no effect at Member.",
  );
  expect(idleText(selection(["key_verifier"], "MEMBER"))).toBe("");
  expect(idleText(selection(["read_only"], "MEMBER"))).toBe("");
  const verifier = builtInRoles.find(({ id }) => id === "key_verifier");
  expect(verifier && whyIdle(verifier, selection([], "MEMBER", true))).toBe("Has no effect on a public key.");
  expect(verifier && whyIdle(verifier, selection([], "ADMIN"))).toBeUndefined();
});
