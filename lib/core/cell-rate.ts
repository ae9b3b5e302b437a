/** A rate limit: up to `quota` requests per window, in a burst or spread out. */
export type Rate = { readonly quota: number; readonly windowSeconds: number };

export type RateState = {
  readonly allowed: boolean;
  /** The values of the RateLimit header: requests left now, and seconds until the quota is full again. */
  readonly remaining: number;
  readonly resetSeconds: number;
  /** 0 if allowed. */
  readonly retryAfterSeconds: number;
};

/** The resulting state, and the time at which the subject's quota will be full again. */
export type TakenRate = { readonly restoredAtMs: number; readonly state: RateState };

/**
 * The generic cell rate algorithm (ITU-T I.371). It keeps one number per subject, the time at which its quota will be
 * full again, so there is no window edge at which a second quota starts. A refused request consumes nothing.
 *
 * @param restoredAtMs the stored number; 0 for a new subject
 * @param nowMs from a monotonic clock
 */
export function takeFromRate(rate: Rate, restoredAtMs: number, nowMs: number, count: number): TakenRate {
  const windowMs = rate.windowSeconds * 1000;
  const intervalMs = windowMs / rate.quota;
  const from = Math.max(restoredAtMs, nowMs);
  const to = from + count * intervalMs;
  // A rounding error must not refuse the last request of a quota.
  const excessMs = to - nowMs - windowMs - Math.min(1, intervalMs / 1000);
  const taken = excessMs > 0 ? from : to;
  return { restoredAtMs: taken, state: stateOf(rate, taken, nowMs, Math.max(0, excessMs)) };
}

/**
 * Converts a subject's stored number to another rate and keeps what it has used. If the window's length differs, the
 * quota starts full: nobody knows how many requests fell into the new window.
 *
 * @returns the new `restoredAtMs`
 */
export function carryOver(restoredAtMs: number, nowMs: number, from: Rate, to: Rate): number {
  if (from.windowSeconds !== to.windowSeconds) return 0;
  const usedMs = Math.max(0, restoredAtMs - nowMs);
  // Usage above the new quota counts as the whole quota, which is restored within one window.
  return nowMs + Math.min(to.windowSeconds * 1000, (usedMs * from.quota) / to.quota);
}

/** The rate's state, without consuming anything. */
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
