import type pg from "pg";
import { postgresClient, startSession } from "./connect-postgres";

const connectTimeoutMs = 2_000;
const retryAfterMs = 500;
/** A connection that was cut without a word looks like one on which nothing is said. */
const probeEveryMs = 5_000;

/**
 * Hears a channel of PostgreSQL on a connection of its own, and makes another one when it is lost. What is
 * said meanwhile is not heard, so a listener must never be the only way to learn something.
 *
 * @returns ends it
 */
export async function listenPostgres(
  url: string,
  channel: string,
  onNotify: (said: string | null) => void,
): Promise<() => Promise<void>> {
  let ended = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const connect = async () => {
    const connection = postgresClient(url, {
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: connectTimeoutMs,
      keepAlive: true,
    });
    const lose = () => {
      if (client !== connection || ended) return;
      client = undefined;
      clearTimeout(timer);
      connection.end().catch(() => {});
      timer = setTimeout(connect, retryAfterMs);
    };
    client = connection;
    connection.on("error", lose).on("end", lose);
    connection.on("notification", ({ payload }) => onNotify(payload ?? null));
    const probe = async () => {
      try {
        await connection.query("SELECT 1");
        if (client === connection && !ended) timer = setTimeout(probe, probeEveryMs);
      } catch {
        lose();
      }
    };
    try {
      await startSession(connection);
      await connection.query(`LISTEN ${connection.escapeIdentifier(channel)}`);
      // Something may have been said just before.
      onNotify(null);
      timer = setTimeout(probe, probeEveryMs);
    } catch {
      lose();
    }
  };

  await connect();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await client?.end().catch(() => {});
  };
}
