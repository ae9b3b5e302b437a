import type { Prisma } from "./generated/client";

type Effect = () => void;

const effects = new WeakMap<Prisma.TransactionClient, Effect[]>();

/** Has this done when the transaction is committed, and never if it is not. It must not fail. */
export function afterCommit(transaction: Prisma.TransactionClient, effect: Effect): void {
  effects.set(transaction, [...(effects.get(transaction) ?? []), effect]);
}

/** Called once, by what has committed it. */
export function committed(transaction: Prisma.TransactionClient): void {
  for (const effect of effects.get(transaction) ?? []) effect();
}
