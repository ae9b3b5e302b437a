import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Ask } from "../session";
import { checkSession, DatabaseUnfit } from "../session";

/** A connection for as long as the work takes. */
export type WithClient = <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>;

const rounds = 8;
/** A pooler with no session left for a second client lets it wait, which is an answer too. */
const patienceMs = 5_000;

const readMark = `SELECT pg_backend_pid() AS pid, coalesce(current_setting('latchkey.session', true), '') AS mark`;

/**
 * Is a connection one session of the database from its beginning to its end? Behind a pooler that gives each
 * transaction any session, what one connection sets is another's, prepared statements and locks are lost, and
 * nothing is heard by LISTEN: verdicts would be wrong, and seldom enough to be believed.
 *
 * PostgreSQL itself gives a connection the number of its process when it begins; a pooler gives a number of its
 * own. Only then it is tried out, by two connections that use their sessions in turns.
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
    // The session that was used last, if any is free: it is held while the first one asks again.
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
  // The driver takes it for each query; its types know it for the client alone.
  return async (text) => (await client.query({ text, query_timeout: patienceMs } as pg.QueryConfig)).rows;
}

/** A pooler that gives each statement any session refuses BEGIN. */
function isRefusedTransaction(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === "08P01" && /statement pooling/i.test(String(message));
}

const shared = new DatabaseUnfit(
  "a pooler gives each transaction another session of it (pgbouncer's pool_mode = transaction). Use session pooling, or no pooler.",
);
