import type { ServerResponse } from "node:http";
import { env } from "@/lib/env";

const twoYearsSeconds = 63_072_000;

/**
 * Browser features that read sensors, devices or the clipboard, or make payments. Every verification's response carries
 * this list, so it is kept short. "bluetooth" is left out, because Chromium on Linux logs it as an unknown feature.
 */
const deniedFeatures = [
  ...["accelerometer", "browsing-topics", "camera", "clipboard-read", "display-capture"],
  ...["geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb"],
];
const permissionsPolicy = [...deniedFeatures.map((feature) => `${feature}=()`), "clipboard-write=(self)"];

/** The headers of every response as alternating names and values, the form that node:http writes fastest. */
function headersFor(appUrl: string): readonly string[] {
  return [
    "X-Content-Type-Options",
    "nosniff",
    // A page's URL can contain a search or a setup token, so no other site gets it.
    "Referrer-Policy",
    "same-origin",
    "Permissions-Policy",
    permissionsPolicy.join(", "),
    // Sent only if APP_URL is https: without TLS browsers ignore it, and promising TLS that is not there would lock
    // people out.
    ...(appUrl.startsWith("https:")
      ? ["Strict-Transport-Security", `max-age=${twoYearsSeconds}; includeSubDomains`]
      : []),
  ];
}

let made: { readonly appUrl: string; readonly headers: readonly string[] } | undefined;

/** The headers of every response. Built once, since most responses come from the fast lane. */
export function securityHeaders(): readonly string[] {
  const { appUrl } = env();
  if (made?.appUrl !== appUrl) made = { appUrl, headers: headersFor(appUrl) };
  return made.headers;
}

export function setSecurityHeaders(response: ServerResponse): void {
  const headers = securityHeaders();
  for (let index = 0; index < headers.length; index += 2)
    response.setHeader(headers[index] ?? "", headers[index + 1] ?? "");
}
