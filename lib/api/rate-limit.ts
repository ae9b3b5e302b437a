import { LRUCache } from "lru-cache";

/** How many requests a subject may make in any window: at once, or spread over it. */
export type RatePolicy = {
  /** As RateLimit-Policy names it. */
  readonly name: string;
  readonly quota: number;
  readonly windowSeconds: number;
};

export type RateState = {
  readonly allowed: boolean;
  /** As RateLimit has them: how many more at once, and in how many seconds all of them again. */
  readonly remaining: number;
  readonly resetSeconds: number;
  /** 0 when allowed. */
  readonly retryAfterSeconds: number;
};

/** About 20 MB for each limit. Who has not asked for longest is forgotten first, and begins anew. */
const maximumSubjects = 100_000;

/**
 * One limit, in the memory of this process. The generic cell rate algorithm (ITU-T I.371): of a subject
 * one number is kept, the moment at which it will have its whole quota again, so that there is no edge of
 * a window at which twice the quota would pass.
 */
export class RateLimit {
  readonly #restored = new LRUCache<string, { at: number }>({ max: maximumSubjects });
  readonly #windowMs: number;
  readonly #intervalMs: number;

  constructor(readonly policy: RatePolicy) {
    this.#windowMs = policy.windowSeconds * 1000;
    this.#intervalMs = this.#windowMs / policy.quota;
  }

  /**
   * Takes from the quota, and from one that is used up nothing.
   *
   * @param nowMs on a clock that never goes back
   */
  take(subject: string, nowMs = performance.now(), count = 1): RateState {
    const known = this.#restored.get(subject);
    const from = Math.max(known?.at ?? 0, nowMs);
    const at = from + count * this.#intervalMs;
    // Rounding must not cost the last one.
    const excessMs = at - nowMs - this.#windowMs - this.#intervalMs / 1000;
    if (excessMs > 0) return this.#state(from, nowMs, excessMs);
    if (known === undefined) this.#restored.set(subject, { at });
    else known.at = at;
    return this.#state(at, nowMs, 0);
  }

  /** What is left, of which nothing is taken. Null when it is all of it. */
  look(subject: string, nowMs = performance.now()): RateState | null {
    const known = this.#restored.get(subject);
    if (known === undefined || known.at <= nowMs) return null;
    const excessMs = known.at + this.#intervalMs - nowMs - this.#windowMs - this.#intervalMs / 1000;
    return this.#state(known.at, nowMs, Math.max(0, excessMs));
  }

  /** False while nobody has taken anything, which most of the time is all there is to ask. */
  get isUsed(): boolean {
    return this.#restored.size > 0;
  }

  /** Has the subject taken anything within the last window? */
  knows(subject: string, nowMs = performance.now()): boolean {
    const known = this.#restored.get(subject);
    return known !== undefined && known.at + this.#windowMs > nowMs;
  }

  #state(at: number, nowMs: number, excessMs: number): RateState {
    const usedMs = at - nowMs;
    return {
      allowed: excessMs === 0,
      remaining: Math.max(0, Math.floor((this.#windowMs - usedMs) / this.#intervalMs + 0.001)),
      resetSeconds: Math.max(0, Math.ceil(usedMs / 1000)),
      retryAfterSeconds: excessMs === 0 ? 0 : Math.max(1, Math.ceil(excessMs / 1000)),
    };
  }
}

/** The headers of the draft "RateLimit header fields for HTTP" (draft-ietf-httpapi-ratelimit-headers-10). */
export function rateLimitHeaders(policy: RatePolicy, state: RateState): Record<string, string> {
  return {
    RateLimit: `"${policy.name}";r=${state.remaining};t=${state.resetSeconds}`,
    "RateLimit-Policy": `"${policy.name}";q=${policy.quota};w=${policy.windowSeconds}`,
  };
}
