import type pg from "pg";
import { postgresClient, startSession } from "./connect-postgres";

const connectTimeoutMs = 2_000;
const retryAfterMs = 500;
/** A silently dropped connection looks like one without notifications, so it is probed. */
const probeEveryMs = 5_000;

/**
 * Listens to a PostgreSQL channel on a dedicated connection, and reconnects when it is lost. Notifications sent in
 * between are lost, so never rely on a listener alone.
 *
 * @returns a function that stops listening
 */
export async function listenPostgres(
  url: string,
  channel: string,
  onNotify: (payload: string | null) => void,
): Promise<() => Promise<void>> {
  let ended = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const connect = async () => {
    const connection = postgresClient({
      connectionString: url,
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
      // A notification may have been sent before the connection was ready.
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
