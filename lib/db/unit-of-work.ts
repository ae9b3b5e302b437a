import { AsyncLocalStorage } from "node:async_hooks";
import type { Transaction } from "./transaction";

type BeforeCommit = (transaction: Transaction, result: unknown) => Promise<void>;

/** What a verb's callers attach to each of its transactions. The verb does not know about it. */
type Surroundings = {
  /** Runs last in the transaction, with the work's result. If it fails, nothing is committed. */
  readonly beforeCommit?: BeforeCommit;
  /** Starts reading the answer. */
  readonly onCommit?: () => void;
};

const surroundings = new AsyncLocalStorage<Surroundings>();
const units = new WeakMap<Transaction, UnitOfWork>();

/**
 * One attempt at a transaction with everything that belongs to it, in the order in which `inTransaction` calls it:
 *
 * 1. The work itself, which may register effects with `afterCommit`.
 * 2. `seal`: the surrounding `withBeforeCommit`, then the number of the verdict change. Still in the transaction.
 * 3. `committed`: the effects, then the surrounding `readWhileNodesAcknowledge` starts reading.
 * 4. `acknowledged`: everything registered with `afterAcknowledgement`.
 *
 * A failed attempt is dropped with its effects; the next one starts without any.
 */
export class UnitOfWork {
  readonly #transaction: Transaction;
  readonly #surroundings = surroundings.getStore();
  readonly effects: (() => void)[] = [];
  readonly records: (() => Promise<void>)[] = [];

  constructor(transaction: Transaction) {
    this.#transaction = transaction;
    units.set(transaction, this);
  }

  /**
   * Ends the work. From here on the database refuses changes that a verdict depends on.
   *
   * @returns the number of the verdict change made here, or else of the last one that this transaction may have seen
   */
  async seal(result: unknown): Promise<bigint> {
    await this.#surroundings?.beforeCommit?.(this.#transaction, result);
    const [sealed] = await this.#transaction.$queryRaw<
      { change: bigint }[]
    >`SELECT coalesce(seal_verdict_changes(), sequence) AS change FROM verdict_change_head`;
    return sealed?.change ?? 0n;
  }

  /** Call it once, right after the commit. */
  committed(): void {
    for (const effect of this.effects) effect();
    this.#surroundings?.onCommit?.();
  }

  /** Call it once, when every node has acknowledged the change or its lease has ended. */
  async acknowledged(): Promise<void> {
    for (const record of this.records) await record();
  }
}

/** Registers work to run once no node uses the old state, and before the caller continues. The work must not throw. */
export function afterAcknowledgement(transaction: Transaction, record: () => Promise<void>): void {
  units.get(transaction)?.records.push(record);
}

/** Registers an effect to run once the transaction is committed, and never if it is not. The effect must not throw. */
export function afterCommit(transaction: Transaction, effect: () => void): void {
  units.get(transaction)?.effects.push(effect);
}

/** Does the work and ends each of its transactions with `beforeCommit`, so that both commit or neither does. */
export function withBeforeCommit<T>(beforeCommit: BeforeCommit, work: () => Promise<T>): Promise<T> {
  return surroundings.run({ ...surroundings.getStore(), beforeCommit }, work);
}

/**
 * Does the work and reads its answer. The read starts when the work's transaction is committed, while `inTransaction`
 * still waits for the other nodes; the caller gets its result after that wait. If the work committed nothing, the read
 * starts when the caller calls `read`.
 */
export async function readWhileNodesAcknowledge<W, R>(
  work: () => Promise<W>,
  read: () => Promise<R>,
): Promise<{ readonly worked: W; readonly read: () => Promise<R> }> {
  let reading: Promise<R> | undefined;
  const onCommit = () => {
    reading = read();
    // `read` passes an error on, but nobody calls it if the work fails after its commit.
    reading.catch(() => {});
  };
  const worked = await surroundings.run({ ...surroundings.getStore(), onCommit }, work);
  return { worked, read: () => reading ?? read() };
}

/** Does work whose transactions are not part of the surrounding change. */
export function withoutSurroundings<T>(work: () => Promise<T>): Promise<T> {
  return surroundings.exit(work);
}
