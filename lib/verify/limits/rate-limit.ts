import { LRUCache } from "lru-cache";
import type { Rate, RateState } from "@/lib/core/cell-rate";
import { lookAtRate, takeFromRate } from "@/lib/core/cell-rate";

/** A limit that applies equally to all subjects. */
export type RatePolicy = Rate & {
  /** The name in the RateLimit-Policy header. */
  readonly name: string;
};

/** About 20 MB per limit. The least recently used subject is dropped; its limit then starts afresh. */
const maximumSubjects = 100_000;

/** One limit, counted in this process's memory. */
export class RateLimit {
  readonly #restored = boundedCache<{ atMs: number }>(maximumSubjects);
  readonly #windowMs: number;

  constructor(readonly policy: RatePolicy) {
    this.#windowMs = policy.windowSeconds * 1000;
  }

  /**
   * Takes `count` from the quota, or nothing if less than that is left.
   *
   * @param nowMs from a monotonic clock
   */
  take(subject: string, nowMs = performance.now(), count = 1): RateState {
    const known = this.#restored.get(subject);
    const { restoredAtMs, state } = takeFromRate(this.policy, known?.atMs ?? 0, nowMs, count);
    if (known !== undefined) known.atMs = restoredAtMs;
    else if (state.allowed) this.#restored.set(subject, { atMs: restoredAtMs });
    return state;
  }

  /** What is left, without taking any. Null if that is the whole quota. */
  look(subject: string, nowMs = performance.now()): RateState | null {
    const known = this.#restored.get(subject);
    return known === undefined || known.atMs <= nowMs ? null : lookAtRate(this.policy, known.atMs, nowMs);
  }

  /** False until anything was taken. That is the usual case, which saves the caller a lookup. */
  get isUsed(): boolean {
    return this.#restored.size > 0;
  }

  /** Has the subject taken anything within the last window? */
  knows(subject: string, nowMs = performance.now()): boolean {
    const known = this.#restored.get(subject);
    return known !== undefined && known.atMs + this.#windowMs > nowMs;
  }
}

/**
 * An LRU cache of up to `maximum` entries. It sets `maxSize`, with which the cache grows as it fills: `max` would
 * allocate the memory for all entries up front.
 */
export function boundedCache<V extends object>(maximum: number): LRUCache<string, V> {
  return new LRUCache({ maxSize: maximum, sizeCalculation: () => 1 });
}

/** The `RateLimit` header of "RateLimit header fields for HTTP" (draft-ietf-httpapi-ratelimit-headers-10). */
export function rateLimitHeader(
  { name }: RatePolicy,
  { remaining, resetSeconds }: Pick<RateState, "remaining" | "resetSeconds">,
): string {
  return `"${name}";r=${remaining};t=${resetSeconds}`;
}

/** The `RateLimit-Policy` header of the same draft. */
export function rateLimitPolicyHeader({ name, quota, windowSeconds }: RatePolicy): string {
  return `"${name}";q=${quota};w=${windowSeconds}`;
}
