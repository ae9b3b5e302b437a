import type { SqlDriverAdapterFactory } from "@prisma/client/runtime/client";

/** One connection without Prisma in between, for migrations. */
export type Connection = {
  readonly query: (sql: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  /** Several statements in one go, without values. */
  readonly script: (sql: string) => Promise<void>;
};

/** A statement that each connection prepares once, by its name. */
export type PreparedStatement = {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
};

/** One of the two databases, opened. */
export type Driver = {
  /**
   * For the data plane: runs one statement without Prisma, on a few connections of its own, so that it never
   * queues behind transactions. Gives up within two seconds.
   */
  readonly runPrepared: <Row>(statement: PreparedStatement) => Promise<readonly Row[]>;
  /**
   * Listens for the notifications of a channel. Reconnects by itself; what was sent meanwhile is lost.
   *
   * @param onNotify gets the payload, or null when notifications may have been missed
   * @returns stops listening
   */
  readonly listen: (
    channel: string,
    onNotify: (payload: string | null) => void,
  ) => Promise<() => Promise<void>>;
  /** How long a prepared statement may wait inside the database; 0 where everything else would wait with it. */
  readonly patienceMs: number;
  readonly adapter: SqlDriverAdapterFactory;
  /**
   * Can we rely on this database? Asked once, before anything else.
   *
   * @returns what its operator should hear all the same
   * @throws DatabaseUnfit
   */
  readonly check: () => Promise<readonly string[]>;
  readonly withConnection: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};
