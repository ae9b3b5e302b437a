import { createHash } from "node:crypto";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { database } from "@/lib/db/client";

/** A request to run once, however often it is sent. */
export type OnceRequest = {
  /** The calling key or person. Different callers may use the same idempotency key independently. */
  readonly caller:
    | { readonly keyId: string; readonly organizationId: string }
    | { readonly userId: string; readonly organizationId: string | null };
  readonly idempotencyKey: string;
  /** The whole content of the request. Different content under the same idempotency key is an error. */
  readonly content: string;
  readonly at: Date;
};

/** A claimed request, and the number of this attempt. */
export type Claim = {
  readonly id: string;
  readonly attempt: number;
};

export type Claimed =
  | { readonly kind: "claimed"; readonly claim: Claim }
  | { readonly kind: "answered"; readonly answer: string }
  | { readonly kind: "refused"; readonly failure: Failure & { readonly retryAfterSeconds?: number } };

/** Longer than any request takes, including all retries of its transaction. */
const claimMs = 120_000;

/**
 * Claims a request before any work is done. If several arrive at once, one gets the claim. A finished request is
 * answered from storage, and an unfinished attempt is taken over once its claim expires.
 */
export async function claimRequest(request: OnceRequest): Promise<Claimed> {
  const { at } = request;
  const words = requestWords(request);
  const underWay = refused({ ...words.underWay, retryAfterSeconds: 1 });
  const { fingerprint, ...row } = rowOf(request);
  await removeOldRequests(at);
  const claimedUntil = new Date(at.getTime() + claimMs);
  const [made] = await database().idempotentRequest.createManyAndReturn({
    data: { ...row, fingerprint, claimedAt: at, claimedUntil },
    skipDuplicates: true,
    select: { id: true },
  });
  if (made !== undefined) return { kind: "claimed", claim: { id: made.id, attempt: 1 } };

  const known = await database().idempotentRequest.findFirst({ where: row });
  // The other request was just refused and released its claim.
  if (known === null) return underWay;
  if (!Buffer.from(known.fingerprint).equals(fingerprint)) return refused(words.another);
  if (known.answer !== null) return { kind: "answered", answer: known.answer };
  if (known.claimedUntil > at) return underWay;
  if (known.appliedAt !== null) return refused(words.lost);

  const { id, attempt } = known;
  const taken = await database().idempotentRequest.updateMany({
    where: { id, attempt, appliedAt: null },
    data: { attempt: attempt + 1, claimedUntil },
  });
  if (taken.count === 0) return underWay;
  return { kind: "claimed", claim: { id, attempt: attempt + 1 } };
}

function refused(reason: Failure & { readonly retryAfterSeconds?: number }): Claimed {
  return { kind: "refused", failure: reason };
}

const wordsForPrograms = {
  underWay: failure(
    "conflict",
    "A request with this idempotency key is being carried out. Send it again shortly.",
  ),
  another: failure(
    "conflict",
    "This idempotency key was used for another request in the last 24 hours. Use a new one for each request.",
  ),
  lost: failure(
    "conflict",
    "The request with this idempotency key was carried out, but its answer was lost. Read what is there now.",
  ),
};

const wordsForPeople = {
  underWay: failure(
    "conflict",
    "This is still being carried out. Wait a moment, then press the button again.",
  ),
  another: failure(
    "conflict",
    "This form was sent before with other content. Reload the page and try again.",
  ),
  lost: failure("conflict", "This was done, but the answer was lost. Look at what the page shows now."),
};

/** Why a request is refused, in words for its caller. */
export function requestWords({ caller }: OnceRequest): typeof wordsForPrograms {
  return "userId" in caller ? wordsForPeople : wordsForPrograms;
}

/** The columns that identify a request. The fingerprint stands for its content. */
export function rowOf({ caller, idempotencyKey, content }: OnceRequest) {
  return { ...caller, keyHash: sha256(idempotencyKey), fingerprint: sha256(content) };
}

function sha256(text: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash("sha256").update(text).digest());
}

const removedAtOnce = 100;

/** Each claim removes some expired requests, which keeps the table small. */
export async function removeOldRequests(at: Date): Promise<void> {
  const before = new Date(at.getTime() - keptMs);
  // Skip rows that another transaction has locked: removals neither wait nor deadlock.
  await database().$executeRaw`
    DELETE FROM idempotent_requests WHERE id IN (
      SELECT id FROM idempotent_requests WHERE claimed_at <= ${before}::timestamptz
      LIMIT ${removedAtOnce} FOR UPDATE SKIP LOCKED)`;
}

/** How long the answer to a request is stored and replayed. */
const keptMs = 24 * 60 * 60 * 1000;
