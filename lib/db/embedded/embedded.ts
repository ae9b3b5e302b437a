import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Driver } from "../driver";
import { connectionOf, postgresPool } from "../postgres/connect-postgres";
import type { Ask } from "../session";
import { checkSession, readWarnings } from "../session";
import { strictAdapter } from "../strict-adapter";
import { lockDataDirectory } from "./data-directory";
import { DatabaseThread } from "./database-thread";
import { syncDirectory, syncTree } from "./sync-directory";

/**
 * No autovacuum runs here, and without statistics the planner never uses the search index on a large table of keys.
 * ANALYZE reads a sample, so it takes at most a second. After a failed start the table may not exist.
 */
const analyzeKeys = `DO $$ BEGIN IF to_regclass('api_keys') IS NOT NULL THEN ANALYZE api_keys; END IF; END $$`;

/**
 * Opens PostgreSQL in this process, with durable storage under the data directory. It has a single session, so a single
 * connection.
 *
 * @param onLost called when the database stops unexpectedly
 * @throws DataDirectoryInUse when another process uses the directory
 */
export async function openEmbedded(dataDir: string, onLost: (reason: Error) => void): Promise<Driver> {
  const unlock = lockDataDirectory(dataDir);
  try {
    const directory = join(dataDir, "postgres");
    await initialize(directory);
    const thread = await DatabaseThread.start(directory);
    thread.onLost(onLost);
    const listeners = new Map<string, (payload: string | null) => void>();
    const pool = postgresPool({
      ...thread.pool,
      onSession: async (client) => {
        client.on("notification", ({ channel, payload }) => listeners.get(channel)?.(payload ?? null));
        for (const channel of listeners.keys()) await client.query(`LISTEN ${channel}`);
      },
    });
    return {
      adapter: strictAdapter(new PrismaPg(pool)),
      check: async () => {
        const ask: Ask = async (sql) => (await pool.query(sql)).rows;
        await checkSession(ask);
        return await readWarnings(ask);
      },
      runPrepared: async ({ name, text, values }) =>
        (await pool.query({ name, text, values: [...values] })).rows,
      listen: async (channel, onNotify) => {
        listeners.set(channel, onNotify);
        await pool.query(`LISTEN ${channel}`);
        return async () => {
          listeners.delete(channel);
          await pool.query(`UNLISTEN ${channel}`);
        };
      },
      // There is only one connection, so all other statements would wait too.
      patienceMs: 0,
      withConnection: async (work) => {
        const client = await pool.connect();
        // When the database stops, its statements fail. Without a listener, the error would end the process first.
        client.on("error", () => {});
        try {
          return await work(connectionOf(client));
        } finally {
          // Destroys the session with everything left in it.
          client.release(true);
        }
      },
      close: async () => {
        try {
          await pool.query(analyzeKeys);
          await pool.end();
          await thread.close();
        } finally {
          unlock();
        }
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Creates an empty database under another name and renames it once it is entirely on disk. If the first
 * start is interrupted, the next one starts over.
 */
async function initialize(directory: string): Promise<void> {
  if (existsSync(directory)) return;
  const draft = `${directory}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  await (await DatabaseThread.start(draft)).close();
  syncTree(draft);
  renameSync(draft, directory);
  syncDirectory(dirname(directory));
}
