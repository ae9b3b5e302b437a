import { setTimeout as wait } from "node:timers/promises";
import type { Result } from "@/lib/core/result";
import type { OnceRequest } from "./claim-request";
import { runOnce } from "./run-once";

const asksAtMost = 10;
const askAgainMs = 500;

/**
 * Carries out once what a person submitted, however often their browser sends it. Where the first request is
 * still under way, because only its connection was lost, this waits a while for its answer.
 *
 * @param once the fields of the answer that are given once and kept nowhere
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
