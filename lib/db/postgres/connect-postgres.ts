import pg from "pg";
import { prepareSession } from "../session";
import { timeParsers } from "../time-parsers";

/** How long its session may take to be prepared, where that is not the patience of all its statements. */
type Patience = { readonly sessionTimeoutMs?: number };

/**
 * Connections to PostgreSQL begin here and nowhere else (dependency-cruiser checks it): each is prepared before
 * anything is asked on it, and reads every type strictly.
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

/** One connection, which startSession begins. */
export function postgresClient(url: string, config: pg.ClientConfig): pg.Client {
  return new pg.Client({ ...config, connectionString: url, types: strictTypes });
}

/** Connects and prepares it. @throws DatabaseUnfit */
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
