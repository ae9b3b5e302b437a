import { createHash } from "node:crypto";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { removeOldRequests } from "./remove-old-requests";

/** A request that is to be carried out once, however often it is sent. */
export type OnceRequest = {
  /** The key or the person that calls: two callers may use one idempotency key for two things. */
  readonly caller:
    | { readonly keyId: string; readonly organizationId: string }
    | { readonly userId: string; readonly organizationId: string | null };
  readonly idempotencyKey: string;
  /** All that the request asks for; another one with the same idempotency key is a mistake. */
  readonly content: string;
  readonly at: Date;
};

/** A claimed request, and which attempt at it this is. */
export type Claim = {
  readonly id: string;
  readonly attempt: number;
};

export type Claimed =
  | { readonly kind: "claimed"; readonly claim: Claim }
  | { readonly kind: "answered"; readonly answer: string }
  | { readonly kind: "refused"; readonly failure: Failure & { readonly retryAfterSeconds?: number } };

/** Longer than any request takes, its transaction with all its repetitions included. */
const claimMs = 120_000;

/**
 * Claims a request before any of it is done. Of simultaneous ones one gets it; what was done is answered;
 * what an attempt left undone is taken over when its time is up.
 */
export async function claimRequest(request: OnceRequest): Promise<Claimed> {
  const { caller, at } = request;
  const words = "userId" in caller ? wordsForPeople : wordsForPrograms;
  const underWay = refused({ ...failure("conflict", words.underWay), retryAfterSeconds: 1 });
  const keyHash = sha256(request.idempotencyKey);
  const fingerprint = sha256(request.content);
  await removeOldRequests(at);
  const claimedUntil = new Date(at.getTime() + claimMs);
  const [made] = await database().idempotentRequest.createManyAndReturn({
    data: { ...caller, keyHash, fingerprint, claimedAt: at, claimedUntil },
    skipDuplicates: true,
    select: { id: true },
  });
  if (made !== undefined) return { kind: "claimed", claim: { id: made.id, attempt: 1 } };

  const known = await database().idempotentRequest.findFirst({ where: { ...caller, keyHash } });
  // The other one was refused just now and has let go of it.
  if (known === null) return underWay;
  if (!Buffer.from(known.fingerprint).equals(fingerprint)) return refused(failure("conflict", words.another));
  if (known.answer !== null) return { kind: "answered", answer: known.answer };
  if (known.claimedUntil > at) return underWay;
  if (known.appliedAt !== null) return refused(failure("conflict", words.lost));

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

type Words = { readonly underWay: string; readonly another: string; readonly lost: string };

const wordsForPrograms: Words = {
  underWay: "A request with this idempotency key is being carried out. Send it again shortly.",
  another:
    "This idempotency key was used for another request in the last 24 hours. Use a new one for each request.",
  lost: "The request with this idempotency key was carried out, but its answer was lost. Read what is there now.",
};

const wordsForPeople: Words = {
  underWay: "This is still being carried out. Wait a moment, then press the button again.",
  another: "This form was sent before with other content. Reload the page and try again.",
  lost: "This was done, but the answer was lost. Look at what the page shows now.",
};

function sha256(text: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash("sha256").update(text).digest());
}
