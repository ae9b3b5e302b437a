import { isInRanges, parseAddress, rangesOf } from "@/lib/core/keys/address-range";

/** A hop with a port, `203.0.113.7:4711` or `[2001:db8::1]:4711`, as some proxies write it. */
const withPort = /^(?:\[([0-9A-Fa-f:.]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d{1,5})?$/;

/**
 * The address a request came from. X-Forwarded-For counts only as far as trusted proxies wrote it, so it is read from
 * the right: the first hop that is not a trusted proxy is the client, and everything left of it is only that client's
 * claim. A hop that is not an address ends the walk at the proxy that reported it, since everything beyond could be
 * invented.
 *
 * @param remoteAddress the socket's peer; undefined if the socket is already closed
 * @param forwardedFor the X-Forwarded-For header; several are joined by commas
 * @param trustedProxies CIDRs
 * @returns the address in canonical form, IPv4 for an IPv4-mapped IPv6 address; empty if there is none
 */
export function clientAddress(
  remoteAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: readonly string[],
): string {
  let nearest = parseHop(remoteAddress ?? "");
  if (nearest === null) return "";
  if (forwardedFor === undefined || trustedProxies.length === 0) return nearest.toString();

  // The list comes from the environment and never changes, so it is parsed only once.
  const ranges = rangesOf(trustedProxies);
  const hops = forwardedFor.split(",");
  while (isInRanges(nearest, ranges)) {
    const hop = parseHop(hops.pop()?.trim() ?? "");
    if (hop === null) break;
    nearest = hop;
  }
  return nearest.toString();
}

function parseHop(text: string) {
  const match = withPort.exec(text);
  return parseAddress(match?.[1] ?? match?.[2] ?? text);
}
