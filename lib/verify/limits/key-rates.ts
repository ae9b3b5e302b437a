import type { RateState } from "@/lib/core/cell-rate";
import { carryOver, takeFromRate } from "@/lib/core/cell-rate";
import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
import { sameRateLimit } from "@/lib/core/keys/key-rate-limit";
import { boundedCache } from "./rate-limit";

/**
 * About 200 MB when this many keys with a limit are in use. The least recently used key is dropped; its limit then
 * starts afresh.
 */
const maximumKeys = 1_000_000;
/** About as long as a restart. A limit with a period up to this has mostly recovered by then, so it is not stored. */
const keptFromSeconds = 10;

/** What a key has used of its limit. The whole limit is available again after `restoredInMs`. */
export type TakenLimit = {
  /** 16 characters, without `key_`. */
  readonly keyId: string;
  readonly limit: KeyRateLimit;
  readonly restoredInMs: number;
};

/** This node's counts for keys with a rate limit of their own. */
export class KeyRates {
  readonly #taken = boundedCache<{ limit: KeyRateLimit; restoredAtMs: number }>(maximumKeys);
  #changed = new Set<string>();

  /**
   * Takes one request, or nothing if the limit is used up. After the limit was changed, what was used still counts if
   * the period is the same; a limit with another period starts afresh.
   *
   * @param nowMs from a monotonic clock
   */
  take(keyId: string, limit: KeyRateLimit, nowMs = performance.now()): RateState {
    const known = this.#taken.get(keyId);
    const rate = rateOf(limit);
    let taken = known?.restoredAtMs ?? 0;
    if (known !== undefined && !sameRateLimit(known.limit, limit)) {
      taken = carryOver(taken, nowMs, rateOf(known.limit), rate);
    }
    const { restoredAtMs, state } = takeFromRate(rate, taken, nowMs, 1);
    if (known === undefined) this.#taken.set(keyId, { limit, restoredAtMs });
    else {
      known.limit = limit;
      known.restoredAtMs = restoredAtMs;
    }
    if (state.allowed && limit.seconds > keptFromSeconds) this.#changed.add(keyId);
    return state;
  }

  /** What was used since the last call, of limits with a period long enough to be stored. */
  takeChanged(nowMs = performance.now()): TakenLimit[] {
    const changed = this.#changed;
    this.#changed = new Set();
    return [...changed].flatMap((keyId) => {
      const known = this.#taken.peek(keyId);
      if (known === undefined || known.restoredAtMs <= nowMs) return [];
      return [{ keyId, limit: known.limit, restoredInMs: Math.ceil(known.restoredAtMs - nowMs) }];
    });
  }

  /** Marks limits as changed again after they could not be stored. */
  keepChanged(taken: readonly TakenLimit[]): void {
    for (const { keyId } of taken) this.#changed.add(keyId);
  }

  /** Restores a stored count. Call it before the first request is taken. */
  restore({ keyId, limit, restoredInMs }: TakenLimit, nowMs = performance.now()): void {
    const windowMs = limit.seconds * 1000;
    // If the database's clock was set back, the key must not be blocked for longer than its period.
    const restoredAtMs = nowMs + Math.min(restoredInMs, windowMs);
    this.#taken.set(keyId, { limit, restoredAtMs });
  }
}

function rateOf({ requests, seconds }: KeyRateLimit) {
  return { quota: requests, windowSeconds: seconds };
}
