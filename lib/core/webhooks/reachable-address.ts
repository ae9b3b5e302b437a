import ipaddr from "ipaddr.js";
import { isInRanges, parseAddress, rangesOf } from "../keys/address-range";

/** All publicly routed IPv6 addresses. (RFC 4291, 2.4) */
const globalUnicast = rangesOf(["2000::/3"]);
/** An address that looks public, but reaches the host of a virtual machine on Azure. */
const hostAddresses = rangesOf(["168.63.129.16/32"]);

/**
 * May a webhook connect to this address? Public addresses are allowed, and all others only if the operator allows them:
 * private and loopback addresses, metadata services, multicast, and IPv6 forms that lead to an IPv4 address behind a
 * gateway.
 *
 * @param address from the resolver; anything that is not an address is refused
 * @param allowed CIDRs, see WEBHOOK_ALLOWED_ADDRESSES
 */
export function isReachable(address: string, allowed: readonly string[]): boolean {
  return isAllowed(address, allowed) || isPublic(address);
}

/** Did the operator allow this address? Only such addresses may be reached without TLS. */
export function isAllowed(address: string, allowed: readonly string[]): boolean {
  const parsed = parseAddress(address);
  return parsed !== null && isInRanges(parsed, rangesOf(allowed));
}

/** Is this a public address, where anybody can send requests? */
export function isPublic(address: string): boolean {
  const parsed = parseAddress(address);
  if (parsed === null || parsed.range() !== "unicast") return false;
  return parsed instanceof ipaddr.IPv4
    ? !isInRanges(parsed, hostAddresses)
    : isInRanges(parsed, globalUnicast);
}
