import type { UsageOutcome } from "@/lib/core/keys/usage-outcome";

const hourMs = 60 * 60 * 1000;
const clientMaximum = 200;

/** Calls of one hour with the same outcome; `hour` is its start, in milliseconds since the epoch. */
export type CallCount = { hour: number; outcome: UsageOutcome; calls: number };

/** The last valid use of one secret; `at` is in milliseconds since the epoch. */
export type SecretUse = {
  secretId: string;
  at: number;
  address: string | null;
  /** The User-Agent as sent. */
  client: string | null;
};

/** One call, or several equal ones. */
export type CountedUse = {
  readonly secretId: string;
  readonly address: string | null;
  readonly client: string | null;
  readonly calls?: number;
};

/**
 * The uses of one key that are not in the database yet. Nearly always that is one count and one secret, so the object
 * itself holds them. Every key in use needs such an object twice a second, and allocation is most of the cost of
 * counting. Written objects are reused for other keys for the same reason.
 */
export class KeyUse implements CallCount, SecretUse {
  hour = 0;
  outcome: UsageOutcome = "VALID";
  calls = 0;
  /** Empty until the first valid use. */
  secretId = "";
  at = Number.NEGATIVE_INFINITY;
  address: string | null = null;
  client: string | null = null;
  #otherCalls: CallCount[] | null = null;
  #otherSecrets: SecretUse[] | null = null;
  #refused: string[] | null = null;

  /**
   * Resets the object to count for one key.
   *
   * @param at the time of the first call, in milliseconds since the epoch
   */
  begin(at: number, outcome: UsageOutcome): this {
    this.hour = hourOf(at);
    this.outcome = outcome;
    this.calls = 0;
    this.secretId = "";
    this.at = Number.NEGATIVE_INFINITY;
    this.address = null;
    this.client = null;
    this.#otherCalls = null;
    this.#otherSecrets = null;
    this.#refused = null;
    return this;
  }

  /** Runs on every verification, so anything that can wait until the write is done there. */
  add(at: number, outcome: UsageOutcome, use: CountedUse): void {
    const calls = use.calls ?? 1;
    if (isCountOf(this, at, outcome)) this.calls += calls;
    else this.#countElsewhere(at, outcome, calls);
    // A rejected call does not count as the last use, or a key that ended long ago would look in use.
    if (outcome !== "VALID") {
      this.#keepRefused(use.secretId);
      return;
    }
    if (this.secretId === "") this.secretId = use.secretId;
    if (this.secretId === use.secretId) keepLastUse(this, at, use);
    else this.#keepElsewhere(at, use);
  }

  get counts(): readonly CallCount[] {
    return this.#otherCalls === null ? [this] : [this, ...this.#otherCalls];
  }

  get secrets(): readonly SecretUse[] {
    if (this.secretId === "") return [];
    return this.#otherSecrets === null ? [this] : [this, ...this.#otherSecrets];
  }

  /** The secrets that were presented and rejected: somebody still has them. */
  get refused(): readonly string[] {
    return this.#refused ?? [];
  }

  #keepRefused(secretId: string): void {
    this.#refused ??= [];
    if (!this.#refused.includes(secretId)) this.#refused.push(secretId);
  }

  #countElsewhere(at: number, outcome: UsageOutcome, calls: number): void {
    this.#otherCalls ??= [];
    const count = this.#otherCalls.find((other) => isCountOf(other, at, outcome));
    if (count !== undefined) count.calls += calls;
    else this.#otherCalls.push({ hour: hourOf(at), outcome, calls });
  }

  #keepElsewhere(at: number, use: CountedUse): void {
    this.#otherSecrets ??= [];
    const { secretId, address, client } = use;
    const secret = this.#otherSecrets.find((other) => other.secretId === secretId);
    if (secret !== undefined) keepLastUse(secret, at, use);
    else this.#otherSecrets.push({ secretId, at, address, client });
  }
}

function hourOf(at: number): number {
  return at - (at % hourMs);
}

function isCountOf(count: CallCount, at: number, outcome: UsageOutcome): boolean {
  return count.outcome === outcome && at >= count.hour && at < count.hour + hourMs;
}

function keepLastUse(last: SecretUse, at: number, { address, client }: CountedUse): void {
  if (at < last.at) return;
  last.at = at;
  last.address = address;
  last.client = client;
}

/** A User-Agent that is safe to show: bounded, without control characters; null when nothing is left. */
export function presentableClient(userAgent: string): string | null {
  const text = userAgent
    .slice(0, 2 * clientMaximum)
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "")
    .slice(0, clientMaximum)
    .toWellFormed()
    .trim();
  return text === "" ? null : text;
}
