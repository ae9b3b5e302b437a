import fc from "fast-check";
import { expect, test } from "vitest";
import { allowsAddress } from "./address-range";
import type { CredentialBounds, CredentialReach } from "./credential-bounds";
import { excessOf, isNarrowing } from "./credential-bounds";

const permission = fc.constantFrom("keys:read", "users:read", "reports:read");
const range = fc.constantFrom("192.0.2.0/24", "192.0.2.7/32", "198.51.100.0/24", "2001:db8::/32");
const rate = fc.record({ requests: fc.constantFrom(1, 10, 60), seconds: fc.constantFrom(1, 10, 60) });
const end = fc.option(fc.constantFrom(1, 2, 3).map((at) => new Date(at)));
const reach: fc.Arbitrary<CredentialReach> = fc.record({
  permissions: fc.uniqueArray(permission),
  endsAt: end,
  ownExpiresAt: end,
  allowedAddresses: fc.uniqueArray(range),
  rateLimit: fc.option(rate),
});
const bounds: fc.Arbitrary<CredentialBounds> = fc
  .tuple(reach, fc.boolean())
  .map(([own, hasFullAccess]) => ({ ...own, hasFullAccess }));

const addresses = ["192.0.2.7", "192.0.2.8", "198.51.100.1", "203.0.113.1", "2001:db8::1", "2001:db9::1"];
const longest = ({ rateLimit }: CredentialReach, seconds: number) =>
  rateLimit === null ? Number.POSITIVE_INFINITY : rateLimit.requests * (1 + seconds / rateLimit.seconds);

test("a key within bounds can never do what they forbid", () => {
  fc.assert(
    fc.property(reach, bounds, (key, most) => {
      if (excessOf(key, most) !== null) return;
      for (const each of key.permissions) {
        expect(most.permissions.includes(each) || (most.hasFullAccess && each === "reports:read")).toBe(true);
      }
      for (const at of [0, 1, 2, 3, 4]) {
        const lives = (endsAt: Date | null) => endsAt === null || endsAt.getTime() > at;
        if (lives(key.endsAt)) expect(lives(most.endsAt)).toBe(true);
        if (lives(key.ownExpiresAt)) expect(lives(most.ownExpiresAt)).toBe(true);
      }
      for (const address of addresses) {
        if (allowsAddress(key.allowedAddresses, address)) {
          expect(allowsAddress(most.allowedAddresses, address)).toBe(true);
        }
      }
      for (const seconds of [0, 1, 60, 3600])
        expect(longest(key, seconds)).toBeLessThanOrEqual(longest(most, seconds));
    }),
    { numRuns: 3000 },
  );
});

test("a credential is within its own bounds, and narrowing a key keeps it within them", () => {
  fc.assert(
    fc.property(reach, reach, bounds, (before, after, most) => {
      expect(excessOf(before, { ...before, hasFullAccess: false })).toBeNull();
      if (isNarrowing(before, after) && excessOf(before, most) === null)
        expect(excessOf(after, most)).toBeNull();
    }),
    { numRuns: 3000 },
  );
});

test.each([
  [{ permissions: ["keys:read", "users:read"] }, "roles"],
  [{ permissions: ["reports:read"] }, "roles"],
  [{ endsAt: null }, "expiresAt"],
  [{ endsAt: new Date(3) }, "expiresAt"],
  [{ ownExpiresAt: null }, "expiresAt"],
  [{ allowedAddresses: [] }, "allowedAddresses"],
  [{ allowedAddresses: ["192.0.2.7/32", "198.51.100.0/24"] }, "allowedAddresses"],
  [{ rateLimit: null }, "rateLimit"],
  [{ rateLimit: { requests: 10, seconds: 1 } }, "rateLimit"],
])("%j is beyond, at %s", (over, field) => {
  const own: CredentialReach = {
    permissions: ["keys:read"],
    endsAt: new Date(2),
    ownExpiresAt: new Date(2),
    allowedAddresses: ["192.0.2.0/24"],
    rateLimit: { requests: 10, seconds: 10 },
  };
  expect(excessOf({ ...own, ...over }, { ...own, hasFullAccess: false })).toMatchObject({ field });
});
