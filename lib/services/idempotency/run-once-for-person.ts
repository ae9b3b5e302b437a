import { setTimeout as wait } from "node:timers/promises";
import type { Result } from "@/lib/core/result";
import type { OnceRequest } from "./claim-request";
import { runOnce } from "./run-once";

const asksAtMost = 10;
const askAgainMs = 500;

/**
 * Runs a person's submission once, however often their browser sends it. If the first request is still running
 * because only its connection was lost, this waits a while for its answer.
 *
 * @param once the fields of the answer that are returned once and never stored
 * @returns `replayed` with the answer to an earlier request
 */
export async function runOnceForPerson<T>(
  request: OnceRequest,
  once: readonly string[],
  work: () => Promise<Result<T>>,
) {
  let outcome = await runOnce(request, once, work);
  for (let asked = 1; isUnderWay(outcome) && asked < asksAtMost; asked++) {
    await wait(askAgainMs);
    outcome = await runOnce(request, once, work);
  }
  return outcome;
}

function isUnderWay(outcome: Awaited<ReturnType<typeof runOnce>>): boolean {
  return !outcome.ok && outcome.code === "conflict" && outcome.retryAfterSeconds !== undefined;
}
