import { expect, test } from "vitest";
import { addressSubject, networkSubject } from "./address-subject";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::1", "2001:db8:1:2::/64"],
  ["2001:db8:1:3::1", "2001:db8:1:3::/64"],
  ["fe80::1%eth0", "fe80::/64"],
  [null, "unknown"],
  ["", "unknown"],
  ["not an address", "unknown"],
])("%s counts as %s", (address, subject) => {
  expect(addressSubject(address)).toBe(subject);
});

test.each([
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"],
  ["2001:db8:1:ffff::1", "2001:db8:1::/48"],
  ["2001:db8:2:2::1", "2001:db8:2::/48"],
  ["fe80::1%eth0", "fe80::/48"],
  ["203.0.113.7", null],
  ["::ffff:203.0.113.7", null],
  [null, null],
  ["not an address", null],
])("%s is in the wider network %s", (address, subject) => {
  expect(networkSubject(address)).toBe(subject);
});
