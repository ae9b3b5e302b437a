import { jsonOf } from "@/lib/core/json/json-text";
import type { Failure, Result } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import { withBeforeCommit } from "@/lib/db/unit-of-work";
import type { OnceRequest } from "./claim-request";
import { removeOldRequests, requestWords, rowOf } from "./claim-request";
import { withoutTokens } from "./without-tokens";

type Replay = { readonly ok: true; readonly value: unknown; readonly replayed: true };

/**
 * Runs a request once, however often it is sent. For work that is a single transaction and answers with its result: the
 * answer is committed with the change. So unlike with `runOnce`, a process that dies leaves either nothing, and the
 * next attempt can start at once, or the change with its answer.
 *
 * Two simultaneous attempts both do the work; the second to commit is rolled back and gets the answer of the first.
 *
 * @param once the fields of the answer that are returned once and never stored
 */
export async function runOnceWithChange<T>(
  request: OnceRequest,
  once: readonly string[],
  work: () => Promise<Result<T>>,
): Promise<Result<T> | Replay> {
  const before = await storedAnswer(request);
  if (before !== null) return before;
  await removeOldRequests(request.at);
  const outcome = await withBeforeCommit(store(request, once), work).catch((error: unknown) => {
    if (error instanceof AlreadyDone) return null;
    throw error;
  });
  if (outcome?.ok) return outcome;
  // This attempt may have been refused because an earlier one has just succeeded.
  const meanwhile = await storedAnswer(request);
  if (meanwhile !== null) return meanwhile;
  if (outcome === null) throw new Error("The answer to this request was removed");
  return outcome;
}

class AlreadyDone extends Error {}

function store(request: OnceRequest, once: readonly string[]) {
  return async (transaction: Transaction, result: unknown): Promise<void> => {
    const { ok, value } = result as Result<unknown> & { readonly value?: unknown };
    if (!ok) return;
    const row = rowOf(request);
    const answered = { appliedAt: request.at, answer: jsonOf(withoutTokens(value, once)) };
    const made = await transaction.idempotentRequest.createMany({
      data: { ...row, ...answered, claimedAt: request.at, claimedUntil: request.at },
      skipDuplicates: true,
    });
    if (made.count > 0) return;
    // An older version claimed such requests first, and may have died before doing anything.
    const { count } = await transaction.idempotentRequest.updateMany({
      where: { ...row, answer: null, appliedAt: null },
      data: answered,
    });
    if (count === 0) throw new AlreadyDone();
  };
}

/** Read in a transaction, which waits until the other nodes know of the change, as the first attempt did. */
function storedAnswer(request: OnceRequest): Promise<Replay | Failure | null> {
  const { fingerprint, ...row } = rowOf(request);
  return inTransaction(async (transaction) => {
    const known = await transaction.idempotentRequest.findFirst({ where: row });
    if (known === null) return null;
    if (!Buffer.from(known.fingerprint).equals(fingerprint)) return requestWords(request).another;
    if (known.answer === null) return known.appliedAt === null ? null : requestWords(request).lost;
    return { ok: true, value: JSON.parse(known.answer), replayed: true };
  });
}
