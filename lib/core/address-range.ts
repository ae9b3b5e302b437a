import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A CIDR, taken apart: its address and the length of its prefix in bits. */
export type AddressRange = readonly [Address, number];

const compatible = /^::\d+\./;

/** No zone: an address with one means something on one machine alone. */
const prefixed = /^([0-9A-Fa-f:.]+)(?:\/(0|[1-9]\d{0,2}))?$/;

/**
 * Reads an address; an IPv4-mapped IPv6 address is the IPv4 address that it maps.
 *
 * @returns null for what is no address. The forms of IPv4 that only C libraries read (`0x7f.1`) are none.
 */
export function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  // ipaddr.js reads `::203.0.113.7`, a form of long ago, as if it were mapped.
  if (!text.includes(":") || compatible.test(text) || !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** Takes a CIDR apart that is known to be one. @throws Error when it is none */
function toRange(cidr: string): AddressRange {
  const [address, bits] = ipaddr.parseCIDR(cidr);
  // A mapped range is one of IPv4 addresses when its prefix covers the 96 bits of the mapping.
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= 96) {
    return [address.toIPv4Address(), bits - 96];
  }
  return [address, bits];
}

/**
 * What a person means by an entry of an allowlist: the one form that is stored, or what is wrong with it.
 * A single address is the range of itself. A range whose address is not its first could mean the range or
 * the address, and the wider of the two is not guessed at.
 */
export function canonicalRange(text: string): { readonly range: string } | { readonly fault: string } {
  const [, bare = "", prefix] = prefixed.exec(text.trim()) ?? [];
  const address = parseAddress(bare);
  if (address === null) return { fault: "This is no IP address and no CIDR such as 203.0.113.0/24" };
  const whole = wholeBits(address);
  // The prefix of a mapped range counts the bits of the mapping too.
  const mapped = bare.includes(":") && address instanceof ipaddr.IPv4 ? 96 : 0;
  const bits = prefix === undefined ? whole : Number(prefix) - mapped;
  if (bits < 0 || bits > whole) return { fault: `A prefix here is from ${mapped} to ${whole + mapped}` };
  const first = firstOf(address, bits);
  if (first.toString() === address.toString()) return { range: `${first.toString()}/${bits}` };
  return {
    fault: `Write ${first.toString()}/${bits} for the whole range, or ${address.toString()} for the one address`,
  };
}

/** Is the address in one of the ranges? IPv4 addresses are in ranges of IPv4 only, whatever they span. */
export function isInRanges(address: Address, ranges: readonly AddressRange[]): boolean {
  return ranges.some(([first, bits]) => first.kind() === address.kind() && address.match(first, bits));
}

/**
 * May a key with this allowlist be used from this address? An empty list allows every address; from an
 * address that is not known, or is none, a key with a list may not be used.
 *
 * @param allowed CIDRs as stored
 * @param address as the one who asks gave it; null when they gave none
 */
export function allowsAddress(allowed: readonly string[], address: string | null): boolean {
  if (allowed.length === 0) return true;
  const parsed = address === null ? null : parseAddress(address);
  return parsed !== null && isInRanges(parsed, rangesOf(allowed));
}

/** The first of the ranges that reaches beyond an allowlist; undefined when none does. An empty allowlist allows all. */
export function rangeBeyond(ranges: readonly string[], allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined;
  const outer = rangesOf(allowed);
  return ranges.find((range) => {
    const [first, bits] = toRange(range);
    return !outer.some((other) => other[1] <= bits && isInRanges(first, [other]));
  });
}

/** Taken apart once for as long as the list is kept, which a cached key's is. */
const taken = new WeakMap<readonly string[], readonly AddressRange[]>();

/** The ranges of a list of CIDRs, which nobody changes. */
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
