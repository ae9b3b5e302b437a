import { join } from "node:path";
import { remember } from "@/lib/remember";
import { committed } from "./after-commit";
import { AwaitedNodes } from "./awaited-nodes";
import { beforeCommit, withoutBeforeCommit } from "./before-commit";
import type { Driver, QuickStatement } from "./driver";
import { PrismaClient } from "./generated/client";
import { hiddenColumns } from "./hidden-columns";
import { migrate, readMigrations } from "./migrate";
import { repeatOnConflict } from "./repeat-on-conflict";
import type { Database, Transaction } from "./transaction";
import { beginReading, withoutReading } from "./while-awaited";

export type { Database, Transaction };

type Opened = {
  readonly client: Database;
  readonly driver: Driver;
  readonly awaitedNodes: AwaitedNodes;
};

/** The embedded database must be opened once. */
const holder = remember<{ opened?: Opened }>("latchkeyDatabase", () => ({}));

export function database(): Database {
  return opened().client;
}

function opened(): Opened {
  if (holder.opened === undefined) throw new Error("The database is not open");
  return holder.opened;
}

/**
 * Opens the process's database and brings it up to date.
 *
 * @returns what its operator should hear of it
 * @throws DataDirectoryInUse, DatabaseUnfit, MigrationError
 */
export async function openDatabase(where: {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
}): Promise<readonly string[]> {
  if (holder.opened !== undefined) throw new Error("The database is open already");
  const driver =
    where.databaseUrl === undefined
      ? await (await import("./embedded")).openEmbedded(where.dataDir)
      : (await import("./postgres")).openPostgres(where.databaseUrl);
  let warnings: readonly string[];
  try {
    warnings = await driver.check();
    await driver.withConnection((connection) =>
      migrate(connection, readMigrations(join(process.cwd(), "prisma/migrations"))),
    );
  } catch (error) {
    await driver.close();
    throw error;
  }
  holder.opened = {
    client: new PrismaClient({ adapter: driver.adapter, omit: hiddenColumns }),
    driver,
    awaitedNodes: new AwaitedNodes(driver),
  };
  return warnings;
}

/** One short statement of the data plane: see Driver. */
export function quick<Row>(statement: QuickStatement): Promise<readonly Row[]> {
  return repeatOnConflict(() => opened().driver.quick<Row>(statement));
}

/** Hears a channel's notifications: see Driver. */
export function listen(
  channel: string,
  onNotify: (said: string | null) => void,
): Promise<() => Promise<void>> {
  return opened().driver.listen(channel, onNotify);
}

/** Waits for what runs, then closes. Closing what is not open is no fault. */
export async function closeDatabase(): Promise<void> {
  const closing = holder.opened;
  if (closing === undefined) return;
  delete holder.opened;
  await closing.client.$disconnect();
  await closing.driver.close();
}

/**
 * Runs the work in one transaction (READ COMMITTED): all of it or nothing. Work that the database
 * gave up on for another transaction's sake (serialization failure, deadlock) is done again, so it
 * must have no effect outside the transaction.
 *
 * When the work changed what a verdict depends on, or found it changed, this returns only when no node
 * remembers what was before: whoever is answered after it may rely on that, whatever the verb was. So who
 * revokes a key that somebody has just revoked is answered no sooner than they.
 */
export async function inTransaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const { awaitedNodes } = opened();
  const { result, change, transaction } = await commit(work);
  committed(transaction);
  beginReading();
  await awaitedNodes.until(change);
  return result;
}

/**
 * A transaction that is no part of the caller's change, such as a note that is written while the caller is
 * answered. The caller's change is not marked as made by it, and may be refused or rolled back without it.
 */
export function inTransactionApart<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return withoutBeforeCommit(() => withoutReading(() => inTransaction(work)));
}

type Committed<T> = {
  readonly result: T;
  /** The number of the verdict change that it was, or of the last one that it can have seen. */
  readonly change: bigint;
  readonly transaction: Transaction;
};

function commit<T>(work: (transaction: Transaction) => Promise<T>): Promise<Committed<T>> {
  // On the embedded database transactions queue for the one connection, hence the patience.
  return repeatOnConflict(() =>
    database().$transaction(
      async (transaction) => {
        const result = await work(transaction);
        await beforeCommit(transaction, result);
        const [sealed] = await transaction.$queryRaw<
          { change: bigint }[]
        >`SELECT coalesce(seal_verdict_changes(), sequence) AS change FROM verdict_change_head`;
        return { result, change: sealed?.change ?? 0n, transaction };
      },
      { maxWait: 10_000, timeout: 15_000 },
    ),
  );
}
