import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A parsed CIDR: its address and its prefix length in bits. */
export type AddressRange = readonly [Address, number];

const compatible = /^::\d+\./;

/** Zones are not allowed: a zone only means something on one machine. */
const prefixed = /^([0-9A-Fa-f:.]+)(?:\/(0|[1-9]\d{0,2}))?$/;

/**
 * Parses an address. An IPv4-mapped IPv6 address becomes the IPv4 address it maps.
 *
 * @returns null if the text is not an address; the IPv4 forms only C libraries accept (`0x7f.1`) are not
 */
export function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  // ipaddr.js parses the deprecated form `::203.0.113.7` as if it were mapped.
  if (!text.includes(":") || compatible.test(text) || !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** Parses a CIDR that has been validated before. @throws Error if it is invalid */
function toRange(cidr: string): AddressRange {
  const [address, bits] = ipaddr.parseCIDR(cidr);
  // A mapped range is an IPv4 range if its prefix covers the 96 bits of the mapping.
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= 96) {
    return [address.toIPv4Address(), bits - 96];
  }
  return [address, bits];
}

/**
 * The canonical form of an allowlist entry, which is what we store, or why it is invalid. A single address becomes a
 * range of one. A range whose address is not its first one is refused: it could mean the range or the address, and we
 * do not guess.
 */
export function canonicalRange(text: string): { readonly range: string } | { readonly fault: string } {
  const [, bare = "", prefix] = prefixed.exec(text.trim()) ?? [];
  const address = parseAddress(bare);
  if (address === null) return { fault: "This is not an IP address or a CIDR such as 203.0.113.0/24" };
  const whole = wholeBits(address);
  // A mapped range's prefix includes the 96 bits of the mapping.
  const mapped = bare.includes(":") && address instanceof ipaddr.IPv4 ? 96 : 0;
  const bits = prefix === undefined ? whole : Number(prefix) - mapped;
  if (bits < 0) return { fault: `The part after the slash starts at ${mapped}` };
  if (bits > whole) return { fault: `The part after the slash goes up to ${whole + mapped}` };
  const first = firstOf(address, bits);
  if (first.toString() === address.toString()) return { range: `${first.toString()}/${bits}` };
  return {
    fault: `Write ${first.toString()}/${bits} for the whole range, or ${address.toString()} for the one address`,
  };
}

/** Is the address in one of the ranges? IPv4 addresses match IPv4 ranges only. */
export function isInRanges(address: Address, ranges: readonly AddressRange[]): boolean {
  return ranges.some(([first, bits]) => first.kind() === address.kind() && address.match(first, bits));
}

/**
 * May a key with this allowlist be used from this address? An empty list allows every address. A key with a list is
 * refused when the address is unknown or invalid.
 *
 * @param allowed CIDRs as stored
 * @param address as the caller gave it; null if it gave none
 */
export function allowsAddress(allowed: readonly string[], address: string | null): boolean {
  if (allowed.length === 0) return true;
  const parsed = address === null ? null : parseAddress(address);
  return parsed !== null && isInRanges(parsed, rangesOf(allowed));
}

/** The first range that reaches beyond an allowlist; undefined if none does. An empty allowlist allows everything. */
export function rangeBeyond(ranges: readonly string[], allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined;
  const outer = rangesOf(allowed);
  return ranges.find((range) => {
    const [first, bits] = toRange(range);
    return !outer.some((other) => other[1] <= bits && isInRanges(first, [other]));
  });
}

/** Parsed once per list. A cached key keeps its list, so this caches by list. */
const taken = new WeakMap<readonly string[], readonly AddressRange[]>();

/** The parsed ranges of a list of CIDRs. The list must not be mutated. */
export function rangesOf(cidrs: readonly string[]): readonly AddressRange[] {
  const known = taken.get(cidrs);
  if (known !== undefined) return known;
  const ranges = cidrs.map(toRange);
  taken.set(cidrs, ranges);
  return ranges;
}

function firstOf(address: Address, bits: number): Address {
  const cidr = `${address.toString()}/${bits}`;
  return address instanceof ipaddr.IPv4
    ? ipaddr.IPv4.networkAddressFromCIDR(cidr)
    : ipaddr.IPv6.networkAddressFromCIDR(cidr);
}

function wholeBits(address: Address): number {
  return address.kind() === "ipv4" ? 32 : 128;
}
