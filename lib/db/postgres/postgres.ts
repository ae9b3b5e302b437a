import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Driver, PreparedStatement } from "../driver";
import { readWarnings } from "../session";
import { strictAdapter } from "../strict-adapter";
import { connectionOf, postgresClient, postgresPool, startSession } from "./connect-postgres";
import { listenPostgres } from "./listen-postgres";
import type { WithClient } from "./refuse-shared-sessions";
import { refuseSharedSessions } from "./refuse-shared-sessions";

const connectTimeoutMs = 5_000;
/**
 * Longer than any transaction takes. A connection that is silent for this long is dead, even without an error: the
 * operating system takes a quarter of an hour to notice.
 */
const silenceMs = 20_000;
/**
 * These three add up to less than two seconds. If the database has not responded by then, the verification is refused.
 */
const preparedConnectTimeoutMs = 600;
const preparedSessionTimeoutMs = 350;
const preparedQueryTimeoutMs = 1_000;
/** Well below the query timeout. */
const patienceMs = 50;
/**
 * More than the three timeouts together. A statement that fails this late timed out because the process was suspended,
 * as in a paused virtual machine, before it could read the response.
 */
const stoodStillMs = 2_000;
/**
 * The time limit of the retry in that case. It is short because the caller has already waited, and enough for a healthy
 * database.
 */
const againMs = 300;

/** PostgreSQL, or another server with its protocol, at `url`. Connects on first use. */
export function openPostgres(url: string): Driver {
  const pool = postgresPool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: connectTimeoutMs,
    stream: givenUpWhenSilent,
    // PostgreSQL would continue a statement that the client gave up, and many of these could exhaust the database.
    onSession: async (client) => {
      await client.query(`SET statement_timeout = ${silenceMs}`);
    },
  });
  const preparedPool = postgresPool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: preparedConnectTimeoutMs,
    sessionTimeoutMs: preparedSessionTimeoutMs,
    query_timeout: preparedQueryTimeoutMs,
    keepAlive: true,
  });
  const ask = async ({ name, text, values }: PreparedStatement) =>
    (await preparedPool.query({ name, text, values: [...values] })).rows;
  const withClient: WithClient = async (work) => {
    const client = postgresClient({
      connectionString: url,
      connectionTimeoutMillis: connectTimeoutMs,
    });
    // If the connection breaks between two statements, the next one fails. Without a listener, its error would end the
    // process.
    client.on("error", () => {});
    try {
      await startSession(client);
      return await work(client);
    } finally {
      await client.end().catch(() => {});
    }
  };
  return {
    adapter: strictAdapter(new PrismaPg(pool)),
    runPrepared: async (statement) => {
      const begun = performance.now();
      try {
        return await ask(statement);
      } catch (error) {
        if (performance.now() - begun < stoodStillMs) throw error;
        const late = sleep(againMs, undefined, { ref: false }).then(() => Promise.reject(error));
        return await Promise.race([ask(statement), late]);
      }
    },
    listen: (channel, onNotify) => listenPostgres(url, channel, onNotify),
    patienceMs,
    check: async () => {
      await refuseSharedSessions(withClient);
      return await withClient((client) => readWarnings(async (sql) => (await client.query(sql)).rows));
    },
    withConnection: (work) => withClient((client) => work(connectionOf(client))),
    close: async () => {
      await Promise.all([pool.end(), preparedPool.end()]);
    },
  };
}

/**
 * Closes a silent connection. The driver's own query timeout would return it to the pool in the middle of a
 * transaction, and the next user's statements would run inside that.
 */
function givenUpWhenSilent(): Socket {
  const socket = new Socket();
  return socket.setTimeout(silenceMs, () => socket.destroy(new Error("Connection terminated by silence")));
}
