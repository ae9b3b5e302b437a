import { createClient } from "@redis/client";
import { RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { RateState } from "@/lib/core/cell-rate";
import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
import { log } from "@/lib/log";
import { boundedCache } from "./rate-limit";

/** How long a verification waits for Redis. On a local network an answer takes less than a millisecond. */
const patienceMs = 250;
/** After Redis failed to answer, verifications skip it for this long. Then one of them tries it again. */
const restMs = 1_000;
/** The number of distinct limits. Keys with equal limits share a limiter's settings, but not its count. */
const maximumLimits = 1_000;

/**
 * Counts the requests of keys with their own rate limit in Redis, across all nodes. A key's first request opens a
 * window, in which no more requests than the limit pass.
 */
export class SharedKeyRates {
  readonly #client;
  readonly #limiters = boundedCache<RateLimiterRedis>(maximumLimits);
  /** Redis is skipped until then, on performance.now(); 0 while it answers. */
  #restsUntilMs = 0;

  /** @param url `redis://` or `rediss://` */
  constructor(url: string) {
    this.#client = createClient({
      url,
      // Do not queue commands: the verification would not wait that long for the answer.
      disableOfflineQueue: true,
      commandsQueueMaxLength: 10_000,
      pingInterval: 2_000,
      socket: {
        connectTimeout: 1_000,
        socketTimeout: 5_000,
        reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 1_000),
      },
    });
    this.#client.on("error", (error: unknown) => this.#fail(error));
  }

  /** Waits for Redis for a second at most: a node also starts without it. */
  async connect(): Promise<void> {
    const connected = this.#client.connect().catch((error: unknown) => this.#fail(error));
    await Promise.race([connected, new Promise((resolve) => setTimeout(resolve, restMs).unref())]);
  }

  /** Takes one request. Null if Redis does not answer within `patienceMs`, or is being skipped. */
  async take(keyId: string, limit: KeyRateLimit): Promise<RateState | null> {
    const nowMs = performance.now();
    if (nowMs < this.#restsUntilMs) return null;
    const wasOut = this.#restsUntilMs > 0;
    // Other verifications keep skipping Redis while this one tries it.
    if (wasOut) this.#restsUntilMs = nowMs + restMs;
    try {
      const state = stateOf(await inTime(this.#limiter(limit).consume(keyId)), true);
      if (wasOut) this.#recover();
      return state;
    } catch (answer) {
      if (answer instanceof RateLimiterRes) {
        if (wasOut) this.#recover();
        return stateOf(answer, false);
      }
      this.#fail(answer);
      return null;
    }
  }

  close(): void {
    this.#client.destroy();
  }

  #limiter({ requests: points, seconds: duration }: KeyRateLimit): RateLimiterRedis {
    const known = this.#limiters.get(`${points}/${duration}`);
    if (known !== undefined) return known;
    const limiter = new RateLimiterRedis({
      storeClient: this.#client,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      // The prefix contains only the period, so a changed quota continues with the count so far.
      keyPrefix: `latchkey:rate:${duration}`,
      points,
      duration,
    });
    this.#limiters.set(`${points}/${duration}`, limiter);
    return limiter;
  }

  #fail(error: unknown): void {
    if (this.#restsUntilMs === 0) {
      const reason = error instanceof Error ? error.message : String(error);
      log().warn(
        { reason },
        "Redis is not answering; until it does, each node applies the rate limits of keys by itself",
      );
    }
    this.#restsUntilMs = performance.now() + restMs;
  }

  #recover(): void {
    this.#restsUntilMs = 0;
    log().info("Redis is answering again; the rate limits of keys apply across all nodes");
  }
}

/** Rejects if the answer does not come in time. An answer that arrived while this process was busy still counts. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`No answer within ${patienceMs} ms`));
    const timer = setTimeout(() => setImmediate(late), patienceMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function stateOf({ remainingPoints, msBeforeNext }: RateLimiterRes, allowed: boolean): RateState {
  const resetSeconds = Math.max(0, Math.ceil(msBeforeNext / 1000));
  return {
    allowed,
    remaining: remainingPoints,
    resetSeconds,
    retryAfterSeconds: allowed ? 0 : Math.max(1, resetSeconds),
  };
}
