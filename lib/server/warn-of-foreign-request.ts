import type { IncomingMessage } from "node:http";
import type { Env } from "@/lib/env";
import { log } from "@/lib/log";

const hourMs = 3_600_000;
/** Enough for every name a proxy could pass, too few to fill a disk. */
const maximumAnHour = 10;
const shownLength = 200;

let said = new Set<string>();
let begunAt = 0;

/**
 * Warns the operator, once an hour for each, about a Host and Origin that do not match APP_URL. Behind a proxy that
 * does not forward Host, every form of the dashboard is refused, and nothing else in the log would say why.
 */
export function warnOfForeignRequest({ headers }: IncomingMessage, { appUrl, appUrlIsSet }: Env): void {
  const now = performance.now();
  if (now - begunAt > hourMs) {
    said = new Set();
    begunAt = now;
  }
  const host = headers.host?.slice(0, shownLength) ?? null;
  const origin = headers.origin?.slice(0, shownLength) ?? null;
  const pair = JSON.stringify([host, origin]);
  if (said.has(pair) || said.size >= maximumAnHour) return;
  said.add(pair);
  log().warn(
    { host, origin, APP_URL: appUrlIsSet ? appUrl : "not set" },
    "A form or action was refused: its Host and Origin are not the dashboard's address. A proxy must pass Host on, and APP_URL must be what people see",
  );
}
