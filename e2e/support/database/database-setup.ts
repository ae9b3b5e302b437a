import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { closeDatabase } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import {
  asAdministrator,
  databaseUrl,
  dataDirectory,
  temporaryDirectory,
  testDatabaseKind,
} from "./installation";
import { startPostgresCluster } from "./postgres-cluster";

/**
 * The global setup of database tests: starts a PostgreSQL if the run needs one and was given none (TEST_POSTGRES_URL),
 * and creates the migrated database that each suite copies. Passes the result to the workers in environment variables;
 * the returned function removes it.
 */
export default async function setUpDatabase(): Promise<() => Promise<void>> {
  // Projects of one run share what the first one created.
  if (process.env.LATCHKEY_TEST_TEMPLATE !== undefined) return async () => undefined;
  const directories = [temporaryDirectory("run"), dataDirectory("run")];
  [process.env.LATCHKEY_TEST_DIRECTORY, process.env.LATCHKEY_TEST_DATABASES] = directories;
  const tearDown = testDatabaseKind() === "embedded" ? await embeddedTemplate() : await postgresTemplate();
  return async () => {
    delete process.env.LATCHKEY_TEST_DIRECTORY;
    delete process.env.LATCHKEY_TEST_DATABASES;
    delete process.env.LATCHKEY_TEST_TEMPLATE;
    await tearDown();
    for (const directory of directories) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
}

async function embeddedTemplate(): Promise<() => Promise<void>> {
  const dataDir = dataDirectory("template");
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

/** Starts a cluster, unless one was given, and passes it to the workers. */
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
