import ipaddr from "ipaddr.js";

/**
 * The throttle subject of an address: the address itself, or an IPv6 address's /64, which belongs to one subscriber.
 * Everything that is not an address (a Unix socket, a test) counts as one subject.
 */
export function addressSubject(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString().split("%")[0]}/64`);
  return `${network.toString()}/64`;
}
