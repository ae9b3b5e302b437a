import type { SqlDriverAdapterFactory } from "@prisma/client/runtime/client";

/** One connection without Prisma in between, for migrations. */
export type Connection = {
  readonly query: (sql: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  /** Several statements in one go, without values. */
  readonly script: (sql: string) => Promise<void>;
};

/** One of the two databases, opened. */
export type Driver = {
  readonly adapter: SqlDriverAdapterFactory;
  readonly withConnection: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};
