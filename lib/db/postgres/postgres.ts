import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Driver, PreparedStatement } from "../driver";
import { readWarnings } from "../session";
import { strictAdapter } from "../strict-adapter";
import { postgresClient, postgresPool, startSession } from "./connect-postgres";
import { listenPostgres } from "./listen-postgres";
import type { WithClient } from "./refuse-shared-sessions";
import { refuseSharedSessions } from "./refuse-shared-sessions";

const connectTimeoutMs = 5_000;
/**
 * Longer than any transaction may take. By then nothing comes on this connection any more, though nobody
 * said so: to learn it from the operating system takes a quarter of an hour.
 */
const silenceMs = 20_000;
/** Together under two seconds: by then a verification that the database does not answer is refused. */
const preparedConnectTimeoutMs = 600;
const preparedSessionTimeoutMs = 350;
const preparedQueryTimeoutMs = 1_000;
/** Well under the one above. */
const patienceMs = 50;
/**
 * More than the two patiences together: whoever gave up this late stood still, as a paused virtual machine does,
 * and gave up before it read what had come meanwhile.
 */
const stoodStillMs = 2_000;
/** For asking again then: a database that is there needs no more, and who waits has waited long. */
const againMs = 300;

/** PostgreSQL, or what speaks its protocol, at `url`. Connects when first asked. */
export function openPostgres(url: string): Driver {
  const pool = postgresPool(url, {
    max: 20,
    connectionTimeoutMillis: connectTimeoutMs,
    stream: givenUpWhenSilent,
  });
  const preparedPool = postgresPool(url, {
    max: 4,
    connectionTimeoutMillis: preparedConnectTimeoutMs,
    sessionTimeoutMs: preparedSessionTimeoutMs,
    query_timeout: preparedQueryTimeoutMs,
    keepAlive: true,
  });
  // A connection that breaks while it is idle is replaced; without a listener it would end the process.
  preparedPool.on("error", () => {});
  const ask = async ({ name, text, values }: PreparedStatement) =>
    (await preparedPool.query({ name, text, values: [...values] })).rows;
  const withClient: WithClient = async (work) => {
    const client = postgresClient(url, { connectionTimeoutMillis: connectTimeoutMs });
    // One that breaks between two statements fails the next; without a listener it would end the process.
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
    withConnection: (work) =>
      withClient((client) =>
        work({
          query: async (sql, values = []) => (await client.query(sql, [...values])).rows,
          script: async (sql) => {
            await client.query(sql);
          },
        }),
      ),
    close: async () => {
      await Promise.all([pool.end(), preparedPool.end()]);
    },
  };
}

/**
 * Not the driver's own query timeout: after one of those a connection goes back to its pool in the middle of
 * a transaction, and the next one to use it would do its work in there.
 */
function givenUpWhenSilent(): Socket {
  const socket = new Socket();
  return socket.setTimeout(silenceMs, () => socket.destroy(new Error("Connection terminated by silence")));
}
