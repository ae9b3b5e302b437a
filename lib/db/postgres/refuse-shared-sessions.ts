import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Ask } from "../session";
import { checkSession, DatabaseUnfit } from "../session";

/** Opens a connection for the duration of the work. */
export type WithClient = <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>;

const rounds = 8;
/** How long to wait for each query: a pooler may have no free session for the second connection. */
const patienceMs = 5_000;

const readMark = `SELECT pg_backend_pid() AS pid, coalesce(current_setting('latchkey.session', true), '') AS mark`;

/**
 * Checks that a connection keeps one database session from beginning to end. Behind a pooler that gives each
 * transaction any free session, one connection's settings apply to another, prepared statements and locks are lost, and
 * LISTEN receives nothing: verdicts would be wrong, and too rarely to be noticed.
 *
 * When a connection opens, PostgreSQL reports the id of its own process, and a pooler reports an id that it made up.
 * Only if the id is made up are the sessions tested, by two connections that take turns.
 *
 * @throws DatabaseUnfit
 */
export async function refuseSharedSessions(withClient: WithClient): Promise<void> {
  try {
    await withClient(async (client) => {
      const ask = asking(client);
      await checkSession(ask);
      const [row] = await ask(readMark);
      const { processID } = client as unknown as { readonly processID: number | null };
      if (row?.pid !== processID) await withClient((other) => tryOut(ask, asking(other)));
    });
  } catch (error) {
    throw isRefusedTransaction(error) ? shared : error;
  }
}

async function tryOut(one: Ask, other: Ask): Promise<void> {
  const mark = randomUUID();
  await one(`SELECT set_config('latchkey.session', '${mark}', false)`);
  const [begun] = await one(readMark);
  for (let round = 0; round < rounds; round++) {
    // A pooler hands out the most recently used session that is free. The open transaction holds it while the first
    // connection asks again.
    await other("BEGIN");
    const [theirs] = await other(readMark);
    if (theirs?.mark === mark) throw shared;
    const [own] = await one(readMark);
    await other("ROLLBACK");
    if (own?.mark !== mark || own.pid !== begun?.pid) throw shared;
  }
  await checkSession(one);
}

function asking(client: pg.Client): Ask {
  // pg accepts the timeout per query; its types know it only per client.
  return async (text) => (await client.query({ text, query_timeout: patienceMs } as pg.QueryConfig)).rows;
}

/** A pooler that picks a session for each statement refuses BEGIN. */
function isRefusedTransaction(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === "08P01" && /statement pooling/i.test(String(message));
}

const shared = new DatabaseUnfit(
  "a pooler in front of it can give each transaction a different session (pgbouncer's pool_mode = transaction). Use session pooling, or no pooler.",
);
