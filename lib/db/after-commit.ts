import type { Transaction } from "./transaction";

type Effect = () => void;

const effects = new WeakMap<Transaction, Effect[]>();

/** Has this done when the transaction is committed, and never if it is not. It must not fail. */
export function afterCommit(transaction: Transaction, effect: Effect): void {
  effects.set(transaction, [...(effects.get(transaction) ?? []), effect]);
}

/** Called once, by what has committed it. */
export function committed(transaction: Transaction): void {
  for (const effect of effects.get(transaction) ?? []) effect();
}
