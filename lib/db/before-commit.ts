import { AsyncLocalStorage } from "node:async_hooks";
import type { Transaction } from "./transaction";

/** Runs in each transaction of the work, as the last of it, with what the transaction's own work gave. */
type BeforeCommit = (transaction: Transaction, result: unknown) => Promise<void>;

const ambient = new AsyncLocalStorage<BeforeCommit>();

/**
 * Does the work, and in each of its transactions this too: so a door can have something written with a
 * verb's change, all of it or nothing, without every verb knowing of it.
 */
export function withBeforeCommit<T>(beforeCommit: BeforeCommit, work: () => Promise<T>): Promise<T> {
  return ambient.run(beforeCommit, work);
}

export async function beforeCommit(transaction: Transaction, result: unknown): Promise<void> {
  await ambient.getStore()?.(transaction, result);
}

/** Does work whose transactions are no part of the change that is under way: nothing is written with them. */
export function withoutBeforeCommit<T>(work: () => Promise<T>): Promise<T> {
  return ambient.exit(work);
}
