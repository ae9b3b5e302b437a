import { failure } from "@/lib/core/result";
import { isOutage } from "@/lib/db/outage";
import { log } from "@/lib/log";
import { countFault } from "@/lib/metrics/counts";
import type { Refusal } from "./problem";

/** The refusal after an unexpected error. The cause only goes to the log. */
export function unexpected(error: unknown, requestId: string): Refusal {
  log().error({ err: error, requestId }, "a request failed");
  const refusal = isOutage(error)
    ? failure("unavailable", "The database does not answer. Try again shortly.")
    : failure("internal", "Something went wrong on our side. Quote the request id when you report it.");
  countFault(refusal.code);
  return refusal;
}
