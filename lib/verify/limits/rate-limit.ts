import { LRUCache } from "lru-cache";
import type { Rate, RateState } from "@/lib/core/cell-rate";
import { lookAtRate, takeFromRate } from "@/lib/core/cell-rate";

/** A limit that is the same for all its subjects. */
export type RatePolicy = Rate & {
  /** As RateLimit-Policy names it. */
  readonly name: string;
};

/** About 20 MB for each limit. Who has not asked for longest is forgotten first, and begins anew. */
const maximumSubjects = 100_000;

/** One limit, in the memory of this process. */
export class RateLimit {
  readonly #restored = boundedCache<{ atMs: number }>(maximumSubjects);
  readonly #windowMs: number;

  constructor(readonly policy: RatePolicy) {
    this.#windowMs = policy.windowSeconds * 1000;
  }

  /**
   * Takes from the quota, and from one that is used up nothing.
   *
   * @param nowMs on a clock that never goes back
   */
  take(subject: string, nowMs = performance.now(), count = 1): RateState {
    const known = this.#restored.get(subject);
    const { restoredAtMs, state } = takeFromRate(this.policy, known?.atMs ?? 0, nowMs, count);
    if (known !== undefined) known.atMs = restoredAtMs;
    else if (state.allowed) this.#restored.set(subject, { atMs: restoredAtMs });
    return state;
  }

  /** What is left, of which nothing is taken. Null when it is all of it. */
  look(subject: string, nowMs = performance.now()): RateState | null {
    const known = this.#restored.get(subject);
    return known === undefined || known.atMs <= nowMs ? null : lookAtRate(this.policy, known.atMs, nowMs);
  }

  /** False while nobody has taken anything, which most of the time is all there is to ask. */
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
 * The entries that were asked for last. Bounded by `maxSize`, with which the cache grows as it is filled: told
 * `max`, it would take the memory of all its entries at the start.
 */
export function boundedCache<V extends object>(maximum: number): LRUCache<string, V> {
  return new LRUCache({ maxSize: maximum, sizeCalculation: () => 1 });
}

/** `RateLimit` of the draft "RateLimit header fields for HTTP" (draft-ietf-httpapi-ratelimit-headers-10). */
export function rateLimitHeader({ name }: RatePolicy, { remaining, resetSeconds }: RateState): string {
  return `"${name}";r=${remaining};t=${resetSeconds}`;
}

/** `RateLimit-Policy` of the same draft. */
export function rateLimitPolicyHeader({ name, quota, windowSeconds }: RatePolicy): string {
  return `"${name}";q=${quota};w=${windowSeconds}`;
}
