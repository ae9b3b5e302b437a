import pg from "pg";
import { prepareSession } from "../session";
import { timeParsers } from "../time-parsers";

/** The time limit for preparing a session, if it differs from that of other statements. */
type Patience = { readonly sessionTimeoutMs?: number };

/**
 * All connections to PostgreSQL are opened in this file (dependency-cruiser checks it). Each is prepared before its
 * first statement and parses times strictly.
 */
export function postgresPool(
  url: string,
  { sessionTimeoutMs, ...config }: pg.PoolConfig & Patience,
): pg.Pool {
  return new pg.Pool({
    ...config,
    connectionString: url,
    types: strictTypes,
    onConnect: (client) => prepare(client as pg.Client, sessionTimeoutMs),
  });
}

/** One connection; startSession opens it. */
export function postgresClient(url: string, config: pg.ClientConfig): pg.Client {
  return new pg.Client({ ...config, connectionString: url, types: strictTypes });
}

/** Connects and prepares the session. @throws DatabaseUnfit */
export async function startSession(client: pg.Client): Promise<void> {
  await client.connect();
  await prepare(client);
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
