import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientAddress } from "./client-address";

const trusted = ["10.0.0.0/8", "2001:db8:aaaa::/48"];
const outside = fc.tuple(fc.integer({ min: 11, max: 126 }), fc.nat(255), fc.nat(255), fc.nat(255));
const client = outside.map((parts) => parts.join("."));
const proxy = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => `10.${parts.join(".")}`),
  fc.nat(0xfffe).map((part) => `2001:db8:aaaa::${(part + 1).toString(16)}`),
);
/** Values that a client may put into X-Forwarded-For: addresses, including trusted ones, and anything else. */
const claim = fc.oneof(
  client,
  proxy,
  fc.string(),
  fc.constantFrom("", "unknown", "0x7f.1", "1", "::", "a,b"),
);

describe("[L2] the address of a client", () => {
  test("is the peer's, whatever it claims, when no proxy is trusted", () => {
    fc.assert(
      fc.property(client, fc.array(claim), (peer, claims) => {
        expect(clientAddress(peer, claims.join(", "), [])).toBe(peer);
      }),
    );
  });

  test("is the peer's when the peer is not a trusted proxy", () => {
    fc.assert(
      fc.property(client, fc.array(claim), (peer, claims) => {
        expect(clientAddress(peer, claims.join(","), trusted)).toBe(peer);
      }),
    );
  });

  test("is what the first trusted proxy saw, whatever the client claims to its left", () => {
    fc.assert(
      fc.property(client, fc.array(claim), fc.array(proxy), proxy, (real, claims, between, last) => {
        const header = [...claims, real, ...between].join(", ");
        expect(clientAddress(last, header, trusted)).toBe(real);
      }),
    );
  });

  test("is never taken from beyond a hop that is not an address", () => {
    fc.assert(
      fc.property(
        client,
        fc.constantFrom("unknown", "_hidden", "1", "0x7f.1", "10.0.0", ""),
        (claimed, garbage) => {
          expect(clientAddress("10.0.0.1", `${claimed}, ${garbage}, 10.0.0.2`, trusted)).toBe("10.0.0.2");
        },
      ),
    );
  });

  test("never throws and is an address or nothing, for any header and peer", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), claim), fc.string(), (peer, header) => {
        const address = clientAddress(peer, header, trusted);
        expect(address === "" || /^[0-9a-f.:]+(%.+)?$/i.test(address)).toBe(true);
      }),
    );
  });

  test.each([
    ["::ffff:203.0.113.7", undefined, "203.0.113.7"],
    ["::FFFF:CB00:7107", undefined, "203.0.113.7"],
    ["::ffff:10.0.0.1", "203.0.113.7", "203.0.113.7"],
    ["10.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"],
    ["10.0.0.1", "203.0.113.7:4711", "203.0.113.7"],
    ["10.0.0.1", "[2001:DB8::1]:4711", "2001:db8::1"],
    ["2001:db8:aaaa::1", "2001:db8:0:0:0:0:0:9", "2001:db8::9"],
    ["10.0.0.1", "", "10.0.0.1"],
    ["10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
    [undefined, "203.0.113.7", ""],
  ])("of peer %s with X-Forwarded-For %s is %s", (peer, header, address) => {
    expect(clientAddress(peer, header, trusted)).toBe(address);
  });

  test("knows a trusted range that is written as mapped IPv4", () => {
    expect(clientAddress("10.1.2.3", "203.0.113.7", ["::ffff:10.0.0.0/104"])).toBe("203.0.113.7");
    expect(clientAddress("11.1.2.3", "203.0.113.7", ["::ffff:10.0.0.0/104"])).toBe("11.1.2.3");
  });
});
