import type { Permission } from "@/lib/core/access/permission";
import type { UsageOutcome } from "@/lib/core/keys/usage-outcome";

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** How many callers of one key are distinguished between two writes. The calls of further ones are added up. */
const mostCallers = 20;
/** How many objects are kept for reuse; a key rarely needs more. */
const demandsKept = 4;

/** Calls of one hour with one secret, one outcome and one caller. Times are in milliseconds since the epoch. */
export type Tally = {
  secretId: string;
  /** The start of the hour. */
  hour: number;
  outcome: UsageOutcome;
  address: string | null;
  /** The User-Agent as sent. */
  client: string | null;
  calls: number;
  /** The time of the last call. */
  at: number;
  /** Whether it adds up further callers; the address and the client are then those of the last call. */
  isRest: boolean;
};

/** How many accepted calls demanded one permission; `day` is its start, in milliseconds since the epoch. */
export type Demand = { day: number; permission: Permission; calls: number };

/** One call, or several equal ones. */
export type CountedUse = {
  readonly secretId: string;
  readonly address: string | null;
  readonly client: string | null;
  readonly calls?: number;
  /** The permissions that a valid call demanded, all of which the key has. */
  readonly demanded?: readonly Permission[] | undefined;
};

/** How many more tallies may be kept besides the first of each key; counts down. */
export type Room = { left: number };

/**
 * The uses of one key that are not in the database yet. Nearly always they are one tally, so the object itself is the
 * first. Every key in use needs such an object twice a second, and allocation is most of the cost of counting. Written
 * objects are reused for other keys for the same reason.
 */
export class KeyUse implements Tally {
  secretId = "";
  hour = 0;
  outcome: UsageOutcome = "VALID";
  address: string | null = null;
  client: string | null = null;
  calls = 0;
  at = Number.NEGATIVE_INFINITY;
  isRest = false;
  #others: Tally[] | null = null;
  #demands: Demand[] = [];
  #demandCount = 0;

  /** Resets the object to count for one key. */
  begin(): this {
    this.calls = 0;
    this.#others = null;
    if (this.#demands.length > demandsKept) this.#demands = [];
    this.#demandCount = 0;
    return this;
  }

  /** Runs on every verification, so anything that can wait until the write is done there. */
  add(at: number, outcome: UsageOutcome, use: CountedUse, room: Room): void {
    if (this.calls === 0) start(this, at, outcome, use);
    const tally = isOf(this, at, outcome, use) ? this : this.#other(at, outcome, use, room);
    tally.calls += use.calls ?? 1;
    if (at >= tally.at) {
      tally.at = at;
      tally.address = use.address;
      tally.client = use.client;
    }
    if (outcome === "VALID" && use.demanded !== undefined) this.#demand(at, use.demanded, use.calls ?? 1);
  }

  get tallies(): readonly Tally[] {
    return this.#others === null ? [this] : [this, ...this.#others];
  }

  get demands(): readonly Demand[] {
    return this.#demands.slice(0, this.#demandCount);
  }

  #other(at: number, outcome: UsageOutcome, use: CountedUse, room: Room): Tally {
    this.#others ??= [];
    const others = this.#others;
    const known = others.find((other) => !other.isRest && isOf(other, at, outcome, use));
    if (known !== undefined) return known;
    const isRest = others.length >= mostCallers - 1 || room.left <= 0;
    const rest = isRest && others.find((other) => other.isRest && isAlike(other, at, outcome, use));
    if (rest) return rest;
    if (!isRest) room.left--;
    const tally = { ...fresh, isRest };
    start(tally, at, outcome, use);
    others.push(tally);
    return tally;
  }

  #demand(at: number, demanded: readonly Permission[], calls: number): void {
    const day = at - (at % dayMs);
    for (let index = 0; index < demanded.length; index++) {
      const permission = demanded[index];
      // A permission that is named twice counts once.
      if (permission === undefined || demanded.indexOf(permission) < index) continue;
      this.#demandOf(day, permission).calls += calls;
    }
  }

  #demandOf(day: number, permission: Permission): Demand {
    for (let index = 0; index < this.#demandCount; index++) {
      const demand = this.#demands[index];
      if (demand?.permission === permission && demand.day === day) return demand;
    }
    const spare = this.#demands[this.#demandCount];
    const demand = spare ?? { day, permission, calls: 0 };
    if (spare === undefined) this.#demands.push(demand);
    demand.day = day;
    demand.permission = permission;
    demand.calls = 0;
    this.#demandCount++;
    return demand;
  }
}

const fresh: Tally = {
  secretId: "",
  hour: 0,
  outcome: "VALID",
  address: null,
  client: null,
  calls: 0,
  at: Number.NEGATIVE_INFINITY,
  isRest: false,
};

/** The start of the hour that contains this time. */
export function hourOf(at: number): number {
  return at - (at % hourMs);
}

function start(tally: Tally, at: number, outcome: UsageOutcome, use: CountedUse): void {
  tally.secretId = use.secretId;
  tally.hour = hourOf(at);
  tally.outcome = outcome;
  tally.address = use.address;
  tally.client = use.client;
  tally.at = Number.NEGATIVE_INFINITY;
}

function isAlike(tally: Tally, at: number, outcome: UsageOutcome, use: CountedUse): boolean {
  return (
    tally.outcome === outcome &&
    at >= tally.hour &&
    at < tally.hour + hourMs &&
    tally.secretId === use.secretId
  );
}

function isOf(tally: Tally, at: number, outcome: UsageOutcome, use: CountedUse): boolean {
  return isAlike(tally, at, outcome, use) && tally.address === use.address && tally.client === use.client;
}
