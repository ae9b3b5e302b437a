import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { closeDatabase, openDatabase } from "@/lib/db/client";
import { asAdministrator, databaseUrl, temporaryDirectory, testDatabaseKind } from "./installation";
import { startPostgresCluster } from "./postgres-cluster";

/**
 * The global setup of the tests that need a database: starts a PostgreSQL where the run is about one
 * and was given none (TEST_POSTGRES_URL), and makes the migrated database that each suite copies. What
 * it made is told to the workers by environment variables, and removed by the function it gives back.
 */
export default async function setUpDatabase(): Promise<() => Promise<void>> {
  // Two projects of one run share what the first one made.
  if (process.env.LATCHKEY_TEST_TEMPLATE !== undefined) return async () => undefined;
  const directory = temporaryDirectory("run");
  process.env.LATCHKEY_TEST_DIRECTORY = directory;
  const tearDown = testDatabaseKind() === "embedded" ? await embeddedTemplate() : await postgresTemplate();
  return async () => {
    delete process.env.LATCHKEY_TEST_DIRECTORY;
    delete process.env.LATCHKEY_TEST_TEMPLATE;
    await tearDown();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
}

async function embeddedTemplate(): Promise<() => Promise<void>> {
  const dataDir = temporaryDirectory("template");
  await openDatabase({ databaseUrl: undefined, dataDir });
  await closeDatabase();
  process.env.LATCHKEY_TEST_TEMPLATE = dataDir;
  return async () => undefined;
}

async function postgresTemplate(): Promise<() => Promise<void>> {
  const stopCluster = await startCluster();
  const name = `latchkey_template_${randomBytes(8).toString("hex")}`;
  await asAdministrator(`CREATE DATABASE ${name}`);
  await openDatabase({ databaseUrl: databaseUrl(name), dataDir: "" });
  await closeDatabase();
  process.env.LATCHKEY_TEST_TEMPLATE = name;
  return async () => {
    await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`);
    await stopCluster();
  };
}

/** Starts a cluster, unless one was given, and tells the workers of it. */
export async function startCluster(): Promise<() => Promise<void>> {
  if (process.env.TEST_POSTGRES_URL !== undefined) return async () => undefined;
  const cluster = await startPostgresCluster();
  process.env.TEST_POSTGRES_URL = cluster.url;
  process.env.TEST_POSTGRES_DATA_DIR = cluster.dataDir;
  return async () => {
    delete process.env.TEST_POSTGRES_URL;
    delete process.env.TEST_POSTGRES_DATA_DIR;
    await cluster.stop();
  };
}
