import { describe, expect, test } from "vitest";
import type { AccessLevel } from "./access-level";
import { accessLevels, compareLevels, isAtLeast, isBelow, lowerOf } from "./access-level";

describe("[B1] OWNER > ADMIN > MEMBER", () => {
  test.each<[AccessLevel, AccessLevel, number]>([
    ["OWNER", "OWNER", 0],
    ["OWNER", "ADMIN", 1],
    ["OWNER", "MEMBER", 1],
    ["ADMIN", "OWNER", -1],
    ["ADMIN", "ADMIN", 0],
    ["ADMIN", "MEMBER", 1],
    ["MEMBER", "OWNER", -1],
    ["MEMBER", "ADMIN", -1],
    ["MEMBER", "MEMBER", 0],
  ])("%s to %s is %d", (a, b, sign) => {
    expect(Math.sign(compareLevels(a, b))).toBe(sign);
    expect(isAtLeast(a, b)).toBe(sign >= 0);
    expect(isBelow(a, b)).toBe(sign < 0);
    expect(lowerOf(a, b)).toBe(sign < 0 ? a : b);
  });

  test("an unknown level is above none and bounds none", () => {
    expect(() => isAtLeast("MEMBER", "GUEST" as AccessLevel)).toThrow("Unknown access level");
    expect(() => isBelow("GUEST" as AccessLevel, "OWNER")).toThrow("Unknown access level");
  });

  test("there are three, lowest first", () => {
    expect(accessLevels).toEqual(["MEMBER", "ADMIN", "OWNER"]);
  });
});
