import ipaddr from "ipaddr.js";

/** Providers give a /48 to anybody who asks, and an attacker with one has 65,536 /64 subjects. */
const widerPrefix = 48;

/**
 * The throttle subject of an address: the address itself, or an IPv6 address's /64, which belongs to one subscriber.
 * Everything that is not an address (a Unix socket, a test) counts as one subject.
 */
export function addressSubject(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  return parsed.kind() === "ipv4" ? parsed.toString() : networkOf(parsed, 64);
}

/** The subject of the /48 around an IPv6 address; null for any other address. */
export function networkSubject(address: string | null): string | null {
  if (address === null || !ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  return parsed.kind() === "ipv4" ? null : networkOf(parsed, widerPrefix);
}

function networkOf(address: ipaddr.IPv4 | ipaddr.IPv6, bits: number): string {
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address.toString().split("%")[0]}/${bits}`);
  return `${network.toString()}/${bits}`;
}
