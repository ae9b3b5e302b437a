import { describe, expect, test } from "vitest";
import type { PrivilegeFacts } from "./over-privileged";
import { overPrivilege, untoldDemand } from "./over-privileged";

const now = new Date("2026-12-01T12:00:00.000Z");
const ago = (days: number, ms = 0) => new Date(now.getTime() - days * 86_400_000 + ms);
const four = ["a:read", "b:read", "c:read", "d:read"];

/** A key with four permissions, none of them used: over-privileged unless the test changes something. */
const key = (over: Partial<PrivilegeFacts> = {}): PrivilegeFacts => ({
  accessLevel: "ADMIN",
  roles: ["viewer"],
  createdAt: ago(31),
  lastUsedAt: ago(1),
  endsAt: null,
  permissions: four,
  demanded: [],
  ...over,
});
const found = (over?: Partial<PrivilegeFacts>) => overPrivilege(key(over), now);

describe("[L9] a key that holds more than it uses", () => {
  test("is older than 30 days", () => {
    expect(found({ createdAt: ago(30, -1) })).toBe("unused");
    expect(found({ createdAt: ago(30) })).toBe(null);
  });

  test("was used in the last 90 days", () => {
    expect(found({ lastUsedAt: ago(90) })).toBe("unused");
    expect(found({ lastUsedAt: ago(90, -1) })).toBe(null);
    expect(found({ lastUsedAt: null })).toBe(null);
  });

  test("had fewer than a quarter of its permissions demanded", () => {
    expect(found({ demanded: ["a:read"] })).toBe(null);
    expect(found({ permissions: [...four, "e:read"], demanded: ["a:read"] })).toBe("unused");
    expect(found({ demanded: ["x:read", "y:read"] }), "what it no longer holds does not count").toBe(
      "unused",
    );
    expect(found({ permissions: [] })).toBe(null);
  });

  test("is not judged by calls that do not say what they demanded", () => {
    expect(found({ demanded: [untoldDemand] })).toBe(null);
  });
});

describe("[L9] an Owner key with full_access", () => {
  const owner = { accessLevel: "OWNER", roles: ["full_access"], createdAt: now, lastUsedAt: null } as const;

  test("is over-privileged from the start if it never expires", () => {
    expect(found(owner)).toBe("boundless");
    expect(found({ ...owner, endsAt: ago(-3650) })).toBe(null);
  });

  test("needs both the level and the role", () => {
    expect(found({ ...owner, accessLevel: "ADMIN" })).toBe(null);
    expect(found({ ...owner, roles: ["read_only"] })).toBe(null);
  });
});
