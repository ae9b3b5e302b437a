import type { UsageOutcome } from "@/lib/core/keys/usage-outcome";
import { database } from "@/lib/db/client";
import { flushUsage } from "@/lib/verify/usage/usage-recorder";

/** The number of calls of a key by outcome, over all hours, including unwritten ones. */
export async function countedCalls(keyId: string): Promise<Partial<Record<UsageOutcome, number>>> {
  await flushUsage();
  const sums = await database().apiKeyUsageHour.groupBy({
    by: "outcome",
    where: { keyId },
    _sum: { calls: true },
  });
  return Object.fromEntries(sums.map(({ outcome, _sum }) => [outcome, _sum.calls]));
}
