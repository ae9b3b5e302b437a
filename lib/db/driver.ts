import type { SqlDriverAdapterFactory } from "@prisma/client/runtime/client";

/** One connection, without Prisma in between, for migrations. */
export type Connection = {
  readonly query: (sql: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  /** Runs several statements at once, without parameters. */
  readonly script: (sql: string) => Promise<void>;
};

/** A statement that each PostgreSQL connection prepares once, by its name. */
export type PreparedStatement = {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
};

/** An open database: PostgreSQL or the embedded one. */
export type Driver = {
  /**
   * Runs one statement of the data plane, without Prisma in between. On PostgreSQL it has a few connections of its own,
   * so it never queues behind transactions, and it gives up within two seconds.
   */
  readonly runPrepared: <Row>(statement: PreparedStatement) => Promise<readonly Row[]>;
  /**
   * Listens for the notifications of a channel. Reconnects automatically; notifications sent in between are lost.
   *
   * @param onNotify gets the payload, or null when notifications may have been missed
   * @returns a function that stops listening
   */
  readonly listen: (
    channel: string,
    onNotify: (payload: string | null) => void,
  ) => Promise<() => Promise<void>>;
  /**
   * How long a prepared statement may wait inside the database, in milliseconds; 0 if other statements would have to
   * wait too.
   */
  readonly patienceMs: number;
  readonly adapter: SqlDriverAdapterFactory;
  /**
   * Checks whether this database is suitable. Call it once, before anything else.
   *
   * @returns warnings for the operator
   * @throws DatabaseUnfit
   */
  readonly check: () => Promise<readonly string[]>;
  readonly withConnection: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};
