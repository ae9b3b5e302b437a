import { remember } from "@/lib/remember";
import { AwaitedNodes } from "./awaited-nodes";
import type { Driver, PreparedStatement } from "./driver";
import { PrismaClient } from "./generated/client";
import { hiddenColumns } from "./hidden-columns";
import { repeatOnConflict } from "./repeat-on-conflict";
import type { Database, Transaction } from "./transaction";
import { UnitOfWork, withoutSurroundings } from "./unit-of-work";

export type { Database, Transaction };

type Opened = {
  readonly client: Database;
  readonly driver: Driver;
  readonly awaitedNodes: AwaitedNodes;
};

/** One per process: the embedded database must not be opened twice. */
const holder = remember<{ opened?: Opened }>("latchkeyDatabase", () => ({}));

export function database(): Database {
  return opened().client;
}

function opened(): Opened {
  if (holder.opened === undefined) throw new Error("The database is not open");
  return holder.opened;
}

/** Milliseconds. Transactions on the embedded database queue for its one connection. */
const transactionOptions = { maxWait: 10_000, timeout: 15_000 };

/**
 * Makes this the process's database; openDatabase calls it. Next's bundle contains a copy of this file, which then
 * finds the database that the server opened.
 *
 * @throws if one is open already
 */
export function adoptDatabase(driver: Driver): void {
  if (holder.opened !== undefined) throw new Error("The database is open already");
  const client = new PrismaClient({ adapter: driver.adapter, omit: hiddenColumns, transactionOptions });
  holder.opened = { client, driver, awaitedNodes: new AwaitedNodes(driver) };
}

/** Runs one short statement of the data plane: see Driver. */
export function runPrepared<Row>(statement: PreparedStatement): Promise<readonly Row[]> {
  return repeatOnConflict(() => opened().driver.runPrepared<Row>(statement));
}

/** Listens for a channel's notifications: see Driver. */
export function listen(
  channel: string,
  onNotify: (payload: string | null) => void,
): Promise<() => Promise<void>> {
  return opened().driver.listen(channel, onNotify);
}

/** Waits for running work, then closes. Does nothing when the database is not open. */
export async function closeDatabase(): Promise<void> {
  const closing = holder.opened;
  if (closing === undefined) return;
  delete holder.opened;
  await closing.client.$disconnect();
  await closing.driver.close();
}

/**
 * Runs the work in one transaction (READ COMMITTED). After a serialization failure or a deadlock the work runs again,
 * so its only effects must be in the transaction, or in `afterCommit`.
 *
 * If the work changed something a verdict depends on, or saw such a change, this returns only after every node has
 * dropped the old state. So a caller that finds a key already revoked gets its response no sooner than the caller that
 * revoked it.
 */
export async function inTransaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const { client, awaitedNodes } = opened();
  const { result, change, unit } = await repeatOnConflict(() =>
    client.$transaction(async (transaction) => {
      const unit = new UnitOfWork(transaction);
      const result = await work(transaction);
      return { result, change: await unit.seal(result), unit };
    }),
  );
  unit.committed();
  await awaitedNodes.until(change);
  await unit.acknowledged();
  return result;
}

/**
 * Runs a transaction that is not part of the surrounding change, such as an audit entry written in the background. It
 * is kept even if the surrounding change fails, and does not mark that change as applied.
 */
export function inTransactionApart<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return withoutSurroundings(() => inTransaction(work));
}
