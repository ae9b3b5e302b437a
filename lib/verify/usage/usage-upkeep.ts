import { remember } from "@/lib/remember";
import { RepeatedWork } from "../repeated-work";
import { compactUsage } from "./compact-usage";
import { markOverPrivileged } from "./mark-over-privileged";
import { rankKeys } from "./rank-keys";
import { trimCallers } from "./trim-callers";

const secondMs = 1000;

/** Each of these takes at most a twentieth of the database's time. */
const upkeep = remember("latchkeyUsageUpkeep", () =>
  [
    { what: "busy keys could not be ranked", everyMs: 10 * secondMs, run: rankKeys },
    { what: "callers could not be trimmed", everyMs: 60 * secondMs, run: trimCallers },
    { what: "permissions could not be weighed", everyMs: 600 * secondMs, run: markOverPrivileged },
    { what: "old usage could not be compacted", everyMs: 3600 * secondMs, run: compactUsage },
  ].map((work) => new RepeatedWork({ ...work, pauseFactor: 19 })),
);

/** Starts the work that keeps usage data small and fast to read, for as long as the process runs. */
export function startUsageUpkeep(): void {
  for (const work of upkeep) work.start();
}

/** Stops between two statements. */
export async function stopUsageUpkeep(): Promise<void> {
  await Promise.all(upkeep.map((work) => work.stop()));
}
