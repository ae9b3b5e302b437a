import type { SqlDriverAdapterFactory } from "@prisma/client/runtime/client";

/** One connection without Prisma in between, for migrations. */
export type Connection = {
  readonly query: (sql: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  /** Several statements in one go, without values. */
  readonly script: (sql: string) => Promise<void>;
};

/** A statement that is prepared once for each connection, by its name. */
export type QuickStatement = {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
};

/** One of the two databases, opened. */
export type Driver = {
  /**
   * For the data plane: one statement without Prisma in between, on few connections of its own, so that it
   * never queues behind transactions. Gives up within two seconds.
   */
  readonly quick: <Row>(statement: QuickStatement) => Promise<readonly Row[]>;
  /**
   * Hears the notifications of a channel, as long as the connection lives; connects again by itself and
   * says nothing of what was missed meanwhile.
   *
   * @param onNotify gets what was said, and null when something may have been said
   * @returns ends it
   */
  readonly listen: (channel: string, onNotify: (said: string | null) => void) => Promise<() => Promise<void>>;
  /** How long one quick statement may wait in the database for something: not at all where all wait with it. */
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
