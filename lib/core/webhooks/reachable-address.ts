import ipaddr from "ipaddr.js";
import { isInRanges, parseAddress, rangesOf } from "../keys/address-range";

/** All of IPv6 that is routed on the internet. (RFC 4291, 2.4) */
const globalUnicast = rangesOf(["2000::/3"]);
/** Reaches the host of a virtual machine on Azure, although it looks public. */
const hostAddresses = rangesOf(["168.63.129.16/32"]);

/**
 * May a webhook connect to this address? To any address on the internet and, of all others, to those that the server's
 * operator allows: private and loopback addresses, metadata services, multicast, and IPv6 forms that lead to an IPv4
 * address behind a gateway are refused.
 *
 * @param address as the resolver gave it; anything that is not an address is refused
 * @param allowed CIDRs, see WEBHOOK_ALLOWED_ADDRESSES
 */
export function isReachable(address: string, allowed: readonly string[]): boolean {
  return isAllowed(address, allowed) || isPublic(address);
}

/** Is it one of the operator's? Only those are spoken to without TLS. */
export function isAllowed(address: string, allowed: readonly string[]): boolean {
  const parsed = parseAddress(address);
  return parsed !== null && isInRanges(parsed, rangesOf(allowed));
}

/** Is it on the internet? What answers there, everybody can ask. */
export function isPublic(address: string): boolean {
  const parsed = parseAddress(address);
  if (parsed === null || parsed.range() !== "unicast") return false;
  return parsed instanceof ipaddr.IPv4
    ? !isInRanges(parsed, hostAddresses)
    : isInRanges(parsed, globalUnicast);
}
