/** The environment settings that define the dashboard's own addresses. */
export type OwnAddress = {
  readonly appUrl: string;
  readonly appUrlIsSet: boolean;
  readonly host: string;
  readonly port: number;
};

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];
/** A name or an address, optionally with a port, and no character that could end the host part of a URL early. */
const plainHost = /^[\w.:[\]-]+$/;

/** Is this Host header just a host, with an optional port? */
export function isPlainHost(host: string): boolean {
  return plainHost.test(host);
}

const anyAddress = ["0.0.0.0", "::", ""];

/**
 * Did a page of this dashboard send the request? The Origin must be present and not `null`, must name the host the
 * request was sent to, and that host must be the dashboard's own. The last check stops DNS rebinding: a stranger's DNS
 * name pointed at this machine.
 */
export function isOwnOrigin(
  origin: string | null | undefined,
  hostHeader: string | null | undefined,
  own: OwnAddress,
): boolean {
  if (!origin || !hostHeader || !URL.canParse(origin)) return false;
  const from = new URL(origin);
  // An Origin is scheme, host and port; anything longer is invalid.
  if (!/^https?:$/.test(from.protocol) || from.origin !== origin.toLowerCase()) return false;
  const target = `${from.protocol}//${hostHeader}`;
  if (!isPlainHost(hostHeader) || !URL.canParse(target)) return false;
  if (new URL(target).host !== from.host) return false;

  if (own.appUrlIsSet) return from.origin === own.appUrl;
  // Without APP_URL, a server that listens on all interfaces cannot know the name it is reached by.
  if (anyAddress.includes(own.host)) return true;
  const names = [...loopbackNames, own.host.includes(":") ? `[${own.host}]` : own.host.toLowerCase()];
  return names.includes(from.hostname) && portOf(from) === own.port;
}

function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}
