import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";

const namedPeriods = new Map([
  [1, "second"],
  [60, "minute"],
  [3_600, "hour"],
  [86_400, "day"],
  [2_592_000, "30 days"],
]);

/** The period of a rate limit: "minute", or "90 seconds" if it has no name. */
export function periodWords(seconds: number): string {
  return namedPeriods.get(seconds) ?? `${grouped(seconds)} seconds`;
}

export function rateWords({ requests, seconds }: KeyRateLimit): string {
  const many = countOf(requests, "request");
  return `${many} per ${periodWords(seconds)}`;
}
