/** What of the environment says which addresses are the dashboard's own. */
export type OwnAddress = {
  readonly appUrl: string;
  readonly appUrlIsSet: boolean;
  readonly host: string;
  readonly port: number;
};

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];
/** A name or an address, perhaps with a port: nothing that could end the host of an address early. */
const plainHost = /^[\w.:[\]-]+$/;

/** Could this Host header name a server, and nothing more? */
export function isPlainHost(host: string): boolean {
  return plainHost.test(host);
}

const anyAddress = ["0.0.0.0", "::", ""];

/**
 * Did a page of this dashboard send the request? True when the Origin is there, is not `null`, names the
 * host that the request was sent to, and that host is the dashboard's own. The last part is what a DNS
 * name pointed at this machine by a stranger fails.
 */
export function isOwnOrigin(
  origin: string | null | undefined,
  hostHeader: string | null | undefined,
  own: OwnAddress,
): boolean {
  if (!origin || !hostHeader || !URL.canParse(origin)) return false;
  const from = new URL(origin);
  // An Origin is scheme, host and port; what holds more is none.
  if (!/^https?:$/.test(from.protocol) || from.origin !== origin.toLowerCase()) return false;
  const target = `${from.protocol}//${hostHeader}`;
  if (!isPlainHost(hostHeader) || !URL.canParse(target)) return false;
  if (new URL(target).host !== from.host) return false;

  if (own.appUrlIsSet) return from.origin === own.appUrl;
  // Without APP_URL nothing but an exposed server says by which name it is reached.
  if (anyAddress.includes(own.host)) return true;
  const names = [...loopbackNames, own.host.includes(":") ? `[${own.host}]` : own.host.toLowerCase()];
  return names.includes(from.hostname) && portOf(from) === own.port;
}

function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}
