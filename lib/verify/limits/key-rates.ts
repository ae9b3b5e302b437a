import type { RateState } from "@/lib/core/cell-rate";
import { carryOver, takeFromRate } from "@/lib/core/cell-rate";
import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
import { sameRateLimit } from "@/lib/core/keys/key-rate-limit";
import { boundedCache } from "./rate-limit";

/** About 200 MB, if so many keys with a limit are used. Which was not used for longest begins anew. */
const maximumKeys = 1_000_000;
/** A restart takes as long as this: what has a shorter period has most of it again by then. */
const keptFromSeconds = 10;

/** What a key has taken of a limit: it has all of it again in so many milliseconds. */
export type TakenLimit = {
  /** 16 characters, without `key_`. */
  readonly keyId: string;
  readonly limit: KeyRateLimit;
  readonly restoredInMs: number;
};

/** What keys with a limit of their own have taken of it on this node. */
export class KeyRates {
  readonly #taken = boundedCache<{ limit: KeyRateLimit; restoredAtMs: number }>(maximumKeys);
  #changed = new Set<string>();

  /**
   * Takes one request, and of a limit that is used up nothing. When a limit was changed, what was taken of it in its
   * period stays taken; one with another period begins anew.
   *
   * @param nowMs on a clock that never goes back
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

  /** What was taken of longer periods since this was last asked. */
  takeChanged(nowMs = performance.now()): TakenLimit[] {
    const changed = this.#changed;
    this.#changed = new Set();
    return [...changed].flatMap((keyId) => {
      const known = this.#taken.peek(keyId);
      if (known === undefined || known.restoredAtMs <= nowMs) return [];
      return [{ keyId, limit: known.limit, restoredInMs: Math.ceil(known.restoredAtMs - nowMs) }];
    });
  }

  /** These could not be kept: they are told again. */
  keepChanged(taken: readonly TakenLimit[]): void {
    for (const { keyId } of taken) this.#changed.add(keyId);
  }

  /** What was kept, before anything is taken. */
  restore({ keyId, limit, restoredInMs }: TakenLimit, nowMs = performance.now()): void {
    const windowMs = limit.seconds * 1000;
    // A clock that was set back must not bar a key for longer than its period.
    const restoredAtMs = nowMs + Math.min(restoredInMs, windowMs);
    this.#taken.set(keyId, { limit, restoredAtMs });
  }
}

function rateOf({ requests, seconds }: KeyRateLimit) {
  return { quota: requests, windowSeconds: seconds };
}
