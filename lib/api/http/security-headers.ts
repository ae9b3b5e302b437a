import type { ServerResponse } from "node:http";
import { env } from "@/lib/env";

const twoYearsSeconds = 63_072_000;

/** What reads a person, their devices or their clipboard, or pays. Short: every verification carries it. */
const deniedFeatures = [
  ...["accelerometer", "bluetooth", "browsing-topics", "camera", "clipboard-read", "display-capture"],
  ...["geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb"],
];
const permissionsPolicy = [...deniedFeatures.map((feature) => `${feature}=()`), "clipboard-write=(self)"];

/** On every answer of every door: names and values in turns, as node:http writes them fastest. */
function headersFor(appUrl: string): readonly string[] {
  return [
    "X-Content-Type-Options",
    "nosniff",
    // A page's address can hold a search or a setup token. No other site gets it.
    "Referrer-Policy",
    "same-origin",
    "Permissions-Policy",
    permissionsPolicy.join(", "),
    // Without TLS a browser ignores it; promised where TLS is somebody else's, it would lock people out.
    ...(appUrl.startsWith("https:")
      ? ["Strict-Transport-Security", `max-age=${twoYearsSeconds}; includeSubDomains`]
      : []),
  ];
}

let made: { readonly appUrl: string; readonly headers: readonly string[] } | undefined;

/** The headers that every answer carries. Made once: most answers leave by the fast lane. */
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
