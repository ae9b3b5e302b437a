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
   * @returns ends it
   */
  readonly listen: (channel: string, onNotify: () => void) => Promise<() => Promise<void>>;
  readonly adapter: SqlDriverAdapterFactory;
  readonly withConnection: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};
