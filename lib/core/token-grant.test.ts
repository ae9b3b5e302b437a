import { describe, expect, test } from "vitest";
import { accessLevels } from "./access/access-level";
import { builtInPermissions, levelHolds } from "./access/permission";
import { boundByToken, endOfToken, judgeRefresh, mayActFor } from "./token-grant";

const now = new Date("2026-01-01T12:00:00.000Z");
const later = (ms: number) => new Date(now.getTime() + ms);

describe("a token ends", () => {
  test("a number of seconds after its issue, or with the earliest of its bounds", () => {
    expect(endOfToken(now, 900, [])).toEqual(later(900_000));
    expect(endOfToken(now, 900, [null, later(900_001)])).toEqual(later(900_000));
    expect(endOfToken(now, 900, [later(5_000), null, later(4_000)])).toEqual(later(4_000));
  });
});

describe("a refresh token that is presented", () => {
  const family = { expiresAt: later(60_000), revokedAt: null };

  test.each([
    ["is redeemed when it was not used", { usedAt: null, family }, "redeem"],
    ["gives the same again at the moment of its use", { usedAt: now, family }, "repeat"],
    ["gives the same again ten seconds later", { usedAt: later(-10_000), family }, "repeat"],
    ["is a copy after that", { usedAt: later(-10_001), family }, "reuse"],
    ["gives the same by a clock that is behind", { usedAt: later(3_000), family }, "repeat"],
    [
      "has expired at the very moment",
      { usedAt: null, family: { expiresAt: now, revokedAt: null } },
      "expired",
    ],
    [
      "is good to the last millisecond",
      { usedAt: null, family: { expiresAt: later(1), revokedAt: null } },
      "redeem",
    ],
    [
      "is revoked with its family, whenever it was used",
      { usedAt: later(-1), family: { ...family, revokedAt: later(-1) } },
      "revoked",
    ],
    [
      "is no copy once its family has expired",
      { usedAt: later(-60_000), family: { expiresAt: later(-1), revokedAt: null } },
      "expired",
    ],
  ] as const)("%s", (_, token, verdict) => {
    expect(judgeRefresh(token, now)).toBe(verdict);
  });
});

describe("a token gives", () => {
  const held = ["applications:read", "keys:create", "keys:read", "tokens:issue"];

  test("[B6] what its key may do now, within the scope it was issued with", () => {
    const scope = ["keys:read", "tokens:issue", "users:read"];
    expect(boundByToken(held, { scope, userLevel: null }, "OWNER")).toEqual({
      permissions: ["keys:read", "tokens:issue"],
      limits: [{ by: "scope", permissions: ["applications:read", "keys:create"] }],
    });
    expect(boundByToken(held, { scope: held, userLevel: null }, "OWNER")).toEqual({
      permissions: held,
      limits: [],
    });
  });

  test("[B8] only what the user it acts for may do, under the current setting", () => {
    expect(boundByToken(held, { scope: held, userLevel: "MEMBER" }, "OWNER")).toEqual({
      permissions: ["applications:read", "tokens:issue"],
      limits: [{ by: "user", level: "MEMBER", permissions: ["keys:create", "keys:read"] }],
    });
    const asAdmin = (setting: "OWNER" | "ADMIN") =>
      boundByToken(held, { scope: held, userLevel: "ADMIN" }, setting).permissions;
    expect(asAdmin("OWNER")).not.toContain("keys:create");
    expect(asAdmin("ADMIN")).toContain("keys:create");
  });

  test("[B8] each permission to a user of a level exactly if the table gives it to that level", () => {
    for (const userLevel of accessLevels) {
      const all = [...builtInPermissions].sort();
      const { permissions } = boundByToken(all, { scope: all, userLevel }, "OWNER");
      expect(permissions).toEqual(all.filter((permission) => levelHolds(userLevel, permission, "OWNER")));
    }
  });
});

describe("[B8] a key acts for a user", () => {
  test.each([
    ["OWNER", "OWNER", true],
    ["OWNER", "ADMIN", false],
    ["OWNER", "MEMBER", false],
    ["ADMIN", "OWNER", true],
    ["ADMIN", "ADMIN", true],
    ["ADMIN", "MEMBER", false],
    ["MEMBER", "OWNER", true],
    ["MEMBER", "ADMIN", true],
    ["MEMBER", "MEMBER", true],
    ["MEMBER", null, false],
  ] as const)("a key of level %s for a user of level %s: %s", (accessLevel, userLevel, may) => {
    expect(mayActFor({ accessLevel }, userLevel)).toBe(may);
  });
});
