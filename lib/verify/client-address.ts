import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = readonly [Address, number];

/** `203.0.113.7:4711` and `[2001:db8::1]:4711`, as some proxies write a hop. */
const withPort = /^(?:\[([0-9A-Fa-f:.]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d{1,5})?$/;

/**
 * The address a request came from. X-Forwarded-For counts only as far as trusted proxies wrote it, so
 * it is read from the right: the first hop that is not a trusted proxy is the client, and whatever stands
 * left of it is what that client claims. A hop that is no address ends the walk at the proxy that
 * reported it, since everything beyond it could be invented.
 *
 * @param remoteAddress the socket's peer; undefined when it is gone already
 * @param forwardedFor the X-Forwarded-For header; several are joined by commas
 * @param trustedProxies CIDRs
 * @returns an address in its canonical form, IPv4 for an IPv4-mapped IPv6 one; empty when there is none
 */
export function clientAddress(
  remoteAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: readonly string[],
): string {
  let nearest = parseAddress(remoteAddress ?? "");
  if (nearest === null) return "";
  if (forwardedFor === undefined || trustedProxies.length === 0) return nearest.toString();

  const ranges = parsedRanges(trustedProxies);
  const hops = forwardedFor.split(",");
  while (isTrusted(nearest, ranges)) {
    const hop = parseAddress(hops.pop()?.trim() ?? "");
    if (hop === null) break;
    nearest = hop;
  }
  return nearest.toString();
}

function isTrusted(address: Address, ranges: readonly Range[]): boolean {
  return ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
}

/** Null for what is no address. The forms of IPv4 that only C libraries read (`0x7f.1`) are none. */
function parseAddress(text: string): Address | null {
  const match = withPort.exec(text);
  const bare = match?.[1] ?? match?.[2] ?? text;
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare);
  if (!bare.includes(":") || !ipaddr.IPv6.isValid(bare)) return null;
  return unmapped(ipaddr.IPv6.parse(bare));
}

function unmapped(address: Address): Address {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** The list is the environment's, the same array for the life of the process. */
const rangesOf = new WeakMap<readonly string[], readonly Range[]>();

function parsedRanges(cidrs: readonly string[]): readonly Range[] {
  const known = rangesOf.get(cidrs);
  if (known !== undefined) return known;
  const ranges = cidrs.map((cidr): Range => {
    const [address, bits] = ipaddr.parseCIDR(cidr);
    const plain = unmapped(address);
    // A mapped range is one of IPv4 addresses when its prefix covers the 96 bits of the mapping.
    if (plain === address || bits < 96) return [address, bits];
    return [plain, bits - 96];
  });
  rangesOf.set(cidrs, ranges);
  return ranges;
}
