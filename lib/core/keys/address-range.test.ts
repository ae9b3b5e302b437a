import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allowsAddress, canonicalRange, rangeBeyond } from "./address-range";

const octet = fc.nat(255);
const ipv4 = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join("."));
const group = fc.nat(0xffff).map((part) => part.toString(16));
const ipv6 = fc
  .array(group, { minLength: 8, maxLength: 8 })
  .map((parts) => `2001:${parts.slice(1).join(":")}`);

describe("[L12] an allowlist entry", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7/32"],
    [" 203.0.113.0/24 ", "203.0.113.0/24"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["2001:DB8:0:0::1", "2001:db8::1/128"],
    ["2001:0db8::/32", "2001:db8::/32"],
    ["::/0", "::/0"],
    ["::ffff:203.0.113.7", "203.0.113.7/32"],
    ["::FFFF:CB00:7100/120", "203.0.113.0/24"],
    ["::ffff:0:0/96", "0.0.0.0/0"],
  ])("%s is stored as %s", (text, range) => {
    expect(canonicalRange(text)).toEqual({ range });
    expect(canonicalRange(range)).toEqual({ range });
  });

  test.each([
    "",
    "localhost",
    "203.0.113",
    "203.0.113.256",
    "203.0.113.07",
    "0x7f.1",
    "2130706433",
    "203.0.113.0/",
    "203.0.113.0/-1",
    "203.0.113.0/024",
    "203.0.113.0/24/8",
    "203.0.113.0-203.0.113.9",
    "fe80::1%eth0",
    "::1::",
    "10.0.0.0/8\0",
    "lk_sk_0123456789",
  ])("%j is invalid", (text) => {
    expect(canonicalRange(text)).toEqual({
      fault: "This is not an IP address or a CIDR such as 203.0.113.0/24",
    });
  });

  test.each([
    ["203.0.113.0/33", "The part after the slash goes up to 32"],
    ["2001:db8::/129", "The part after the slash goes up to 128"],
    // Wider than the IPv4 range, so it would silently include some of it.
    ["::ffff:0:0/95", "The part after the slash starts at 96"],
    ["203.0.113.7/24", "Write 203.0.113.0/24 for the whole range, or 203.0.113.7 for the one address"],
    ["2001:db8::1/32", "Write 2001:db8::/32 for the whole range, or 2001:db8::1 for the one address"],
  ])("%s is refused: %s", (text, fault) => {
    expect(canonicalRange(text)).toEqual({ fault });
  });

  test("is refused or read, whatever it is", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), ipv4, ipv6), (text) => void canonicalRange(text)));
  });
});

describe("[L12] an allowlist", () => {
  test("that is empty allows every address, even an unknown one", () => {
    expect([null, "203.0.113.7", "::1", ""].map((address) => allowsAddress([], address))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test.each<[string | null, boolean]>([
    ["203.0.113.0", true],
    ["203.0.113.255", true],
    ["203.0.112.255", false],
    ["203.0.114.0", false],
    ["198.51.100.7", true],
    ["198.51.100.8", false],
    ["2001:db8:ffff::1", true],
    ["2001:DB8:0:0:0:0:0:1", true],
    ["2001:db9::", false],
    ["::ffff:203.0.113.7", true],
    ["::ffff:cb00:7107", true],
    ["::ffff:203.0.114.7", false],
    // The bits of 203.0.113.7, but a different address.
    ["::203.0.113.7", false],
    ["not an address", false],
    ["", false],
    [null, false],
  ])("asked of %j says %s", (address, allowed) => {
    expect(allowsAddress(["203.0.113.0/24", "198.51.100.7/32", "2001:db8::/32"], address)).toBe(allowed);
  });

  test("of all IPv4 addresses allows no IPv6 address, and vice versa", () => {
    expect(allowsAddress(["0.0.0.0/0"], "2001:db8::1")).toBe(false);
    expect(allowsAddress(["::/0"], "203.0.113.7")).toBe(false);
    expect(allowsAddress(["::/0"], "::ffff:203.0.113.7")).toBe(false);
  });

  test("of one IPv4 address allows it, as mapped too, and no other", () => {
    fc.assert(
      fc.property(ipv4, ipv4, (own, other) => {
        expect(allowsAddress([`${own}/32`], own)).toBe(true);
        expect(allowsAddress([`${own}/32`], `::ffff:${own}`)).toBe(true);
        expect(allowsAddress([`${own}/32`], other)).toBe(own === other);
      }),
    );
  });
});

describe("[P9] ranges beyond an allowlist", () => {
  const allowed = ["10.0.0.0/8", "2001:db8::/32"];
  test.each([
    [[], undefined],
    [["10.0.0.0/8"], undefined],
    [["10.1.0.0/16", "2001:db8:1::/48"], undefined],
    [["10.1.0.0/16", "11.0.0.0/32"], "11.0.0.0/32"],
    [["10.0.0.0/7"], "10.0.0.0/7"],
    [["0.0.0.0/0"], "0.0.0.0/0"],
    [["::/0"], "::/0"],
    [["2001:db9::/128"], "2001:db9::/128"],
  ])("%j: %s", (ranges, beyond) => {
    expect(rangeBeyond(ranges, allowed)).toBe(beyond);
    expect(rangeBeyond(ranges, [])).toBeUndefined();
  });
});
