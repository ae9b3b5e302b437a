import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { failure } from "@/lib/core/result";
import { env } from "@/lib/env";
import type { Refusal } from "../http/problem";

/** What proxies add; `via` and `forwarded` by RFC 9110 and RFC 7239, the others by custom. */
const proxyHeader =
  /^(?:via|forwarded|x-forwarded(?:-.*)?|x-real-ip|x-client-ip|true-client-ip|cf-.*|x-original-.*)$/;
const localHost = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/i;
const loopback = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/;

const refused: Refusal = {
  ...failure("forbidden", "The metrics are read on the machine itself, or with METRICS_TOKEN."),
  withoutChallenge: true,
};

/** Null for who may read the metrics: with the token that the environment names, or on this machine. */
export function admitMetrics({ headers, socket }: IncomingMessage): Refusal | null {
  const { metricsToken } = env();
  if (metricsToken !== undefined && holdsToken(headers, metricsToken)) return null;
  return isLocal(socket.remoteAddress, headers) ? null : refused;
}

/**
 * Did this come from this machine, and not through something on it? Behind a proxy every client has the
 * proxy's address, so what a proxy says of itself, or the name by which it is called from outside, makes a
 * request one from elsewhere; so does a name that a web page has made to lead here. What the trusted
 * proxies say of their clients does not count at all: it would only have to be claimed.
 */
export function isLocal(remoteAddress: string | undefined, headers: IncomingHttpHeaders): boolean {
  if (!loopback.test(remoteAddress ?? "") || !localHost.test(headers.host ?? "")) return false;
  return !Object.keys(headers).some((name) => proxyHeader.test(name));
}

/** Compared by their hashes: the time tells nothing of either, not even a length. */
function holdsToken({ authorization = "" }: IncomingHttpHeaders, expected: string): boolean {
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(token), digest(expected));
}
