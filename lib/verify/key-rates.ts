import type { RateState } from "@/lib/core/cell-rate";
import { takeFromRate } from "@/lib/core/cell-rate";
import type { KeyRateLimit } from "@/lib/core/key-rate-limit";
import { sameRateLimit } from "@/lib/core/key-rate-limit";
import { boundedCache } from "./rate-limit";

/** About 200 MB, if so many keys with a limit are used. Which was not used for longest begins anew. */
const maximumKeys = 1_000_000;

/** What keys with a limit of their own have taken of it on this node. */
export class KeyRates {
  readonly #taken = boundedCache<{ limit: KeyRateLimit; restoredAtMs: number }>(maximumKeys);

  /**
   * Takes one request, and of a limit that is used up nothing. A limit that was changed begins anew: what is
   * kept is a moment, which under another limit would mean something else.
   *
   * @param nowMs on a clock that never goes back
   */
  take(keyId: string, limit: KeyRateLimit, nowMs = performance.now()): RateState {
    const known = this.#taken.get(keyId);
    const restored = known !== undefined && sameRateLimit(known.limit, limit) ? known.restoredAtMs : 0;
    const rate = { quota: limit.requests, windowSeconds: limit.seconds };
    const { restoredAtMs, state } = takeFromRate(rate, restored, nowMs, 1);
    if (known === undefined) this.#taken.set(keyId, { limit, restoredAtMs });
    else {
      known.limit = limit;
      known.restoredAtMs = restoredAtMs;
    }
    return state;
  }
}
