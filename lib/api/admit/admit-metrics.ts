import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { failure } from "@/lib/core/result";
import { env } from "@/lib/env";
import type { Refusal } from "../http/problem";

/** Headers that proxies add: `via` and `forwarded` by RFC 9110 and RFC 7239, the others by convention. */
const proxyHeader =
  /^(?:via|forwarded|x-forwarded(?:-.*)?|x-real-ip|x-client-ip|true-client-ip|cf-.*|x-original-.*)$/;
const localHost = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/i;
const loopback = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/;

const refused: Refusal = {
  ...failure("forbidden", "Read the metrics on the machine itself, or send METRICS_TOKEN."),
  withoutChallenge: true,
};

/** Returns null if this caller may read the metrics: from this machine, or with the token from the environment. */
export function admitMetrics({ headers, socket }: IncomingMessage): Refusal | null {
  const { metricsToken } = env();
  if (metricsToken !== undefined && holdsToken(headers, metricsToken)) return null;
  return isLocal(socket.remoteAddress, headers) ? null : refused;
}

/**
 * Did this come from this machine, and not through a proxy on it? Behind a proxy every client has the proxy's address,
 * so a request with a proxy header counts as remote. So does one whose Host is not a local name: it may be the proxy's
 * public name, or a name that a web page made resolve to this machine. The client address that trusted proxies report
 * is not used, since it could be forged.
 */
export function isLocal(remoteAddress: string | undefined, headers: IncomingHttpHeaders): boolean {
  if (!loopback.test(remoteAddress ?? "") || !localHost.test(headers.host ?? "")) return false;
  return !Object.keys(headers).some((name) => proxyHeader.test(name));
}

/** Compares hashes, so timing reveals nothing about either token, not even its length. */
function holdsToken({ authorization = "" }: IncomingHttpHeaders, expected: string): boolean {
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(token), digest(expected));
}
