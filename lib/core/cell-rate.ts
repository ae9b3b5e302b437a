/** How many requests a subject may make at once, or spread over the window. */
export type Rate = { readonly quota: number; readonly windowSeconds: number };

export type RateState = {
  readonly allowed: boolean;
  /** As RateLimit has them: how many more at once, and in how many seconds all of them again. */
  readonly remaining: number;
  readonly resetSeconds: number;
  /** 0 when allowed. */
  readonly retryAfterSeconds: number;
};

/** The state, and the moment at which the subject will have its whole quota again. */
export type TakenRate = { readonly restoredAtMs: number; readonly state: RateState };

/**
 * The generic cell rate algorithm (ITU-T I.371): of a subject one number is kept, the moment at which it will
 * have its whole quota again, so that there is no edge of a window at which a second quota starts. Of a quota
 * that is used up nothing is taken.
 *
 * @param restoredAtMs what was kept; 0 of a subject that has taken nothing
 * @param nowMs on a clock that never goes back
 */
export function takeFromRate(rate: Rate, restoredAtMs: number, nowMs: number, count: number): TakenRate {
  const windowMs = rate.windowSeconds * 1000;
  const intervalMs = windowMs / rate.quota;
  const from = Math.max(restoredAtMs, nowMs);
  const to = from + count * intervalMs;
  // Rounding must not cost the last one.
  const excessMs = to - nowMs - windowMs - Math.min(1, intervalMs / 1000);
  const taken = excessMs > 0 ? from : to;
  return { restoredAtMs: taken, state: stateOf(rate, taken, nowMs, Math.max(0, excessMs)) };
}

/**
 * When a subject will have its whole quota again under another rate, of which it has taken as many as of the one
 * before. Of another window's rate nothing was taken: how many of them fell into this window nobody knows.
 *
 * @returns as `restoredAtMs` above
 */
export function carryOver(restoredAtMs: number, nowMs: number, from: Rate, to: Rate): number {
  if (from.windowSeconds !== to.windowSeconds) return 0;
  const usedMs = Math.max(0, restoredAtMs - nowMs);
  // More than the new quota is all of it, which comes back within a window.
  return nowMs + Math.min(to.windowSeconds * 1000, (usedMs * from.quota) / to.quota);
}

/** What is left, of which nothing is taken. */
export function lookAtRate(rate: Rate, restoredAtMs: number, nowMs: number): RateState {
  const { state } = takeFromRate(rate, restoredAtMs, nowMs, 1);
  return state.allowed ? stateOf(rate, Math.max(restoredAtMs, nowMs), nowMs, 0) : state;
}

function stateOf(rate: Rate, restoredAtMs: number, nowMs: number, excessMs: number): RateState {
  const windowMs = rate.windowSeconds * 1000;
  const usedMs = restoredAtMs - nowMs;
  return {
    allowed: excessMs === 0,
    remaining: Math.max(0, Math.floor(((windowMs - usedMs) * rate.quota) / windowMs + 0.001)),
    resetSeconds: Math.max(0, Math.ceil(usedMs / 1000)),
    retryAfterSeconds: excessMs === 0 ? 0 : Math.max(1, Math.ceil(excessMs / 1000)),
  };
}
