import type { Permission } from "@/lib/core/access/permission";
import type { CallOutcome } from "@/lib/core/keys/usage-outcome";

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** How many callers of one key are distinguished between two writes. The calls of further ones are added up. */
const mostCallers = 20;
/** How many objects are kept for reuse; a key rarely needs more. */
const demandsKept = 4;

/** Calls of one hour with one secret, one outcome and one caller. Times are in milliseconds since the epoch. */
class Tally {
  secretId = "";
  /** The start of the hour. */
  hour = 0;
  outcome: CallOutcome = "VALID";
  address: string | null = null;
  /** The User-Agent as sent. */
  client: string | null = null;
  calls = 0;
  /** The time of the last call. */
  at = Number.NEGATIVE_INFINITY;
  /** Whether it adds up further callers; the address and the client are then those of the last call. */
  isRest = false;

  begin(at: number, outcome: CallOutcome, use: CountedUse): void {
    this.secretId = use.secretId;
    this.hour = at - (at % hourMs);
    this.outcome = outcome;
    this.address = use.address;
    this.client = use.client;
    this.at = Number.NEGATIVE_INFINITY;
  }

  isAlike(at: number, outcome: CallOutcome, use: CountedUse): boolean {
    return (
      this.outcome === outcome && at >= this.hour && at < this.hour + hourMs && this.secretId === use.secretId
    );
  }

  isOf(at: number, outcome: CallOutcome, use: CountedUse): boolean {
    return this.isAlike(at, outcome, use) && this.address === use.address && this.client === use.client;
  }
}

/** How many accepted calls demanded one permission; `day` is its start, in milliseconds since the epoch. */
type Demand = { day: number; permission: Permission; calls: number };

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
export class KeyUse extends Tally {
  #others: Tally[] | null = null;
  #demands: Demand[] = [];
  #demandCount = 0;

  /** Empties it to count for another key. */
  emptied(): this {
    this.calls = 0;
    this.#others = null;
    if (this.#demands.length > demandsKept) this.#demands = [];
    this.#demandCount = 0;
    return this;
  }

  /** Runs on every verification, so anything that can wait until the write is done there. */
  add(at: number, outcome: CallOutcome, use: CountedUse, room: Room): void {
    if (this.calls === 0) this.begin(at, outcome, use);
    const tally = this.isOf(at, outcome, use) ? this : this.#other(at, outcome, use, room);
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

  #other(at: number, outcome: CallOutcome, use: CountedUse, room: Room): Tally {
    this.#others ??= [];
    const others = this.#others;
    const known = others.find((other) => !other.isRest && other.isOf(at, outcome, use));
    if (known !== undefined) return known;
    const isRest = others.length >= mostCallers - 1 || room.left <= 0;
    const rest = isRest && others.find((other) => other.isRest && other.isAlike(at, outcome, use));
    if (rest) return rest;
    if (!isRest) room.left--;
    const tally = new Tally();
    tally.begin(at, outcome, use);
    tally.isRest = isRest;
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
