import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { PrismaPGlite } from "pglite-prisma-adapter";
import type { Driver, PreparedStatement } from "../driver";
import { checkSession, prepareSession } from "../session";
import { strictAdapter } from "../strict-adapter";
import { timeParsers } from "../time-parsers";
import { lockDataDirectory } from "./data-directory";
import { DurableNodeFs } from "./durable-file-system";
import { syncDirectory, syncTree } from "./sync-directory";

/**
 * `-F` is PGlite's "do not fsync". PostgreSQL eventually uses all of its shared buffers, so the default of 128 MB would
 * be most of the process's memory. The operating system caches the rest.
 */
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...["-c", "fsync=on", "-c", "wal_sync_method=fsync", "-c", "synchronous_commit=on"],
  ...["-c", "shared_buffers=16MB"],
];

/**
 * No autovacuum runs here, and without statistics the planner never uses the search index on a large table of keys.
 * ANALYZE reads a sample: it takes no time with few keys, and a second at most. After a failed start the table may not
 * exist.
 */
const analyzeKeys = `DO $$ BEGIN IF to_regclass('api_keys') IS NOT NULL THEN ANALYZE api_keys; END IF; END $$`;

/**
 * Opens PostgreSQL in this process, durable, under the data directory.
 *
 * @throws DataDirectoryInUse when another process uses the directory
 */
export async function openEmbedded(dataDir: string): Promise<Driver> {
  const unlock = lockDataDirectory(dataDir);
  try {
    const directory = join(dataDir, "postgres");
    await initialize(directory);
    const pglite = await open(directory);
    const ask = async (sql: string) => (await pglite.query<Record<string, unknown>>(sql)).rows;
    await prepareSession(ask);
    return {
      adapter: strictAdapter(new PrismaPGlite(pglite)),
      check: async () => {
        await checkSession(ask);
        return [];
      },
      runPrepared: async <Row>({ text, values }: PreparedStatement) =>
        (await pglite.query<Row>(text, [...values])).rows,
      listen: (channel, onNotify) => pglite.listen(channel, onNotify),
      // There is one connection, and this process is blocked while a statement runs.
      patienceMs: 0,
      withConnection: (work) =>
        work({
          query: async (sql, values = []) => {
            const { rows } = await pglite.query<Record<string, unknown>>(sql, [...values]);
            return rows;
          },
          script: async (sql) => {
            await pglite.exec(sql);
          },
        }),
      close: async () => {
        await pglite.exec(analyzeKeys);
        await pglite.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * V8 optimizes a WebAssembly function once it has run about this many bytes of code; the default is 1.8 million.
 * PostgreSQL's largest functions pass that during a start, and optimizing each takes tens of megabytes, which the
 * compiler threads keep. This value optimizes only functions that stay in use.
 */
const optimizedAfterBytes = 1_000_000_000;

function open(directory: string): Promise<PGlite> {
  setFlagsFromString(`--wasm-tiering-budget=${optimizedAfterBytes}`);
  return PGlite.create({
    fs: new DurableNodeFs(directory),
    startParams,
    extensions: { pg_trgm },
    parsers: timeParsers,
  });
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
  const pglite = await open(draft);
  await pglite.close();
  syncTree(draft);
  renameSync(draft, directory);
  syncDirectory(dirname(directory));
}
