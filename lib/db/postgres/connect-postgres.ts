import pg from "pg";
import type { Connection } from "../driver";
import { prepareSession } from "../session";
import { timeParsers } from "../time-parsers";

type SessionOptions = {
  /** The time limit for preparing a session, if it differs from that of other statements. */
  readonly sessionTimeoutMs?: number;
  /** Additional setup for each session. */
  readonly onSession?: (client: pg.Client) => Promise<void>;
};

/**
 * All connections to a database are opened in this file (dependency-cruiser checks it). Each is prepared before its
 * first statement and parses times strictly.
 */
export function postgresPool(config: pg.PoolConfig & SessionOptions): pg.Pool {
  const { sessionTimeoutMs, onSession, ...own } = config;
  const pool = new pg.Pool({
    ...own,
    types: strictTypes,
    onConnect: async (client) => {
      await prepare(client as pg.Client, sessionTimeoutMs);
      await onSession?.(client as pg.Client);
    },
  });
  // A connection that breaks while idle is replaced. Without a listener, its error would end the process.
  return pool.on("error", () => {});
}

/** One connection; startSession opens it. */
export function postgresClient(config: pg.ClientConfig): pg.Client {
  return new pg.Client({ ...config, types: strictTypes });
}

/** Connects and prepares the session. @throws DatabaseUnfit */
export async function startSession(client: pg.Client): Promise<void> {
  await client.connect();
  await prepare(client);
}

export function connectionOf(client: pg.ClientBase): Connection {
  return {
    query: async (sql, values = []) => (await client.query(sql, [...values])).rows,
    script: async (sql) => {
      await client.query(sql);
    },
  };
}

async function prepare(client: pg.Client, timeoutMs?: number): Promise<void> {
  const query = timeoutMs === undefined ? {} : { query_timeout: timeoutMs };
  await prepareSession(async (text) => (await client.query({ ...query, text })).rows);
}

const strictTypes: pg.CustomTypesConfig = {
  getTypeParser: (type, format) => {
    const strict = format === "binary" ? undefined : timeParsers[type];
    return strict ?? pg.types.getTypeParser(type, format);
  },
};
