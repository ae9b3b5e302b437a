import { jsonOf } from "@/lib/core/json/json-text";
import type { Failure } from "@/lib/core/result";
import { unknownState } from "@/lib/core/unknown-state";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { withBeforeCommit } from "@/lib/db/unit-of-work";
import type { Claim, OnceRequest } from "./claim-request";
import { claimRequest } from "./claim-request";
import { withoutTokens } from "./without-tokens";

type Once<O> = O | (Failure & { readonly retryAfterSeconds?: number }) | Replay;
type Replay = {
  readonly ok: true;
  readonly value: unknown;
  /** The stored JSON text, since parsing could change it. */
  readonly text: string;
  readonly replayed: true;
};

/**
 * Runs a request once, however often it is sent. It writes the claim first, marks the change as applied in the change's
 * own transaction, and stores the answer afterwards. After a crash either nothing or everything is done, and a retry
 * never repeats the change. A refused request is forgotten, so the caller may send it again with the same idempotency
 * key.
 *
 * @param once the fields of the answer that are returned once and never stored
 */
export async function runOnce<O extends { readonly ok: true; readonly value: unknown } | Failure>(
  request: OnceRequest,
  once: readonly string[],
  work: () => Promise<O>,
): Promise<Once<O>> {
  const claimed = await claimRequest(request);
  if (claimed.kind === "answered") {
    return { ok: true, value: JSON.parse(claimed.answer), text: claimed.answer, replayed: true };
  }
  if (claimed.kind === "refused") return claimed.failure;
  if (claimed.kind !== "claimed") return unknownState(claimed);
  const { claim } = claimed;
  const outcome = await withBeforeCommit(markApplied(claim, request.at), work).catch(async (error) => {
    await release(claim).catch(() => undefined);
    throw error;
  });
  if (!outcome.ok) {
    // A refusal may have written something, such as a failed attempt, but not the change.
    await database().idempotentRequest.deleteMany({ where: claim });
    return outcome;
  }
  // The change is committed: return the answer even if storing it fails.
  await keepAnswer(claim, request.at, withoutTokens(outcome.value, once)).catch(() => undefined);
  return outcome;
}

function markApplied(claim: Claim, at: Date) {
  return async (transaction: Transaction, result: unknown): Promise<void> => {
    if (isFailure(result)) return;
    const { count } = await transaction.idempotentRequest.updateMany({
      where: claim,
      data: { appliedAt: at },
    });
    if (count === 0) throw new Error("Another attempt at this request took over");
  };
}

function isFailure(result: unknown): boolean {
  return typeof result === "object" && result !== null && "ok" in result && result.ok === false;
}

/** Releases a claim that applied nothing. It waits for a transaction about to commit, and keeps an applied claim. */
async function release(claim: Claim): Promise<void> {
  await database().idempotentRequest.deleteMany({ where: { ...claim, appliedAt: null } });
}

async function keepAnswer(claim: Claim, at: Date, value: unknown): Promise<void> {
  await database().idempotentRequest.updateMany({
    where: claim,
    data: { answer: jsonOf(value), appliedAt: at },
  });
}
