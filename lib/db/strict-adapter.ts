import { readDay, readTime } from "@/lib/core/read-time";
import { repeatOnConflict } from "./repeat-on-conflict";

type Factory = import("@prisma/client/runtime/client").SqlDriverAdapterFactory;
type Adapter = Awaited<ReturnType<Factory["connect"]>>;
type Rows = Awaited<ReturnType<Adapter["queryRaw"]>>;
type Asks = Pick<Adapter, "queryRaw" | "executeRaw">;

/**
 * A Prisma driver adapter that is stricter about times. Prisma turns an unreadable time into an invalid Date, for which
 * every comparison is false; here it is an error. It also repeats a statement outside a transaction after a conflict,
 * as inTransaction does with its work.
 */
export function strictAdapter(factory: Factory): Factory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      const [queryRaw, executeRaw] = [adapter.queryRaw.bind(adapter), adapter.executeRaw.bind(adapter)];
      const startTransaction = adapter.startTransaction.bind(adapter);
      return Object.assign(adapter, {
        queryRaw: async (query: Parameters<typeof queryRaw>[0]) =>
          checked(await repeatOnConflict(() => queryRaw(query))),
        executeRaw: (query: Parameters<typeof executeRaw>[0]) => repeatOnConflict(() => executeRaw(query)),
        startTransaction: async (...level: Parameters<typeof startTransaction>) =>
          checking(await startTransaction(...level)),
      });
    },
  };
}

/**
 * A transaction has one connection, which runs one statement at a time, while Prisma requests several relations at
 * once. So each statement waits for the previous one.
 */
function checking<T extends Asks>(transaction: T): T {
  const queryRaw = transaction.queryRaw.bind(transaction);
  const executeRaw = transaction.executeRaw.bind(transaction);
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <R>(ask: () => Promise<R>): Promise<R> => {
    const asked = last.then(ask);
    last = asked.catch(() => undefined);
    return asked;
  };
  return Object.assign(transaction, {
    queryRaw: async (query: Parameters<typeof queryRaw>[0]) => checked(await inTurn(() => queryRaw(query))),
    executeRaw: (query: Parameters<typeof executeRaw>[0]) => inTurn(() => executeRaw(query)),
  });
}

/** From Prisma's ColumnTypeEnum, which @prisma/client does not export. */
const dateType = 8;
const dateTimeType = 10;
/** Types that none of our columns have: times without a date, and lists of times. */
const unreadTypes: ReadonlySet<number> = new Set([9, 72, 73, 74]);

/** @throws RangeError for a row with an invalid time */
function checked(result: Rows): Rows {
  result.columnTypes.forEach((type, column) => {
    if (unreadTypes.has(type))
      throw new RangeError(`Times of this type are not supported: ${result.columnNames[column]}`);
    if (type !== dateType && type !== dateTimeType) return;
    for (const row of result.rows) {
      const value = row[column];
      if (value !== null) type === dateType ? readDay(String(value)) : readTime(value);
    }
  });
  return result;
}
