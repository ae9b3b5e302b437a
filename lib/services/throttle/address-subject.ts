import ipaddr from "ipaddr.js";

/**
 * What an address counts as: itself, but an IPv6 address as its /64, all of which one subscriber has.
 * What is no address (a Unix socket, a test) counts as one subject.
 */
export function addressSubject(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString().split("%")[0]}/64`);
  return `${network.toString()}/64`;
}
