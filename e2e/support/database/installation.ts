import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { closeDatabase } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import { loadEnv } from "@/lib/load-env";
import { databasesDirectory } from "./databases-directory.mjs";

export type TestDatabaseKind = "embedded" | "postgres";

/** Which of the two databases this run tests. */
export function testDatabaseKind(): TestDatabaseKind {
  const kind = process.env.LATCHKEY_TEST_DATABASE ?? "embedded";
  if (kind !== "embedded" && kind !== "postgres") {
    throw new Error(`LATCHKEY_TEST_DATABASE is embedded or postgres, not ${kind}`);
  }
  return kind;
}

/** The state of one Latchkey: a data directory, and on PostgreSQL a database. */
export type Installation = {
  /** The environment of this installation's servers, except for the port. */
  readonly variables: Readonly<Record<string, string>>;
  readonly dataDir: string;
  /** The directory of the database's files; undefined for a PostgreSQL given to the tests. */
  readonly databaseFiles: string | undefined;
  /**
   * Runs the work in this process with the installation's database open. On the embedded database no server may run
   * meanwhile.
   */
  readonly withDatabase: <T>(work: () => Promise<T>) => Promise<T>;
  readonly remove: () => Promise<void>;
};

/**
 * Creates an installation with an empty, migrated database: a copy of the run's template, because migrating takes
 * longer. Needs what database-setup.ts has prepared.
 */
export async function createInstallation(): Promise<Installation> {
  const dataDir = dataDirectory("data");
  const secrets = {
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    KEY_PEPPER: randomBytes(32).toString("base64url"),
  };
  if (testDatabaseKind() === "embedded") {
    cpSync(template(), dataDir, { recursive: true });
    const variables = { DATA_DIR: dataDir, ...secrets };
    return installation(dataDir, dataDir, variables, async () => undefined);
  }
  const name = `latchkey_test_${randomBytes(8).toString("hex")}`;
  await asAdministrator(`CREATE DATABASE ${name} TEMPLATE ${template()}`);
  const url = databaseUrl(name);
  const drop = () => dropDatabase(name);
  const files = process.env.TEST_POSTGRES_DATA_DIR;
  return installation(dataDir, files, { DATA_DIR: dataDir, DATABASE_URL: url, ...secrets }, drop);
}

function installation(
  dataDir: string,
  databaseFiles: string | undefined,
  variables: Record<string, string>,
  drop: () => Promise<void>,
): Installation {
  return {
    variables,
    dataDir,
    databaseFiles,
    withDatabase: async (work) => {
      await openDatabase(loadEnv({ ...variables }));
      try {
        return await work();
      } finally {
        await closeDatabase();
      }
    },
    remove: async () => {
      await drop();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Creates a temporary directory inside the run's own, which is removed at the end. */
export function temporaryDirectory(purpose: string): string {
  const run = process.env.LATCHKEY_TEST_DIRECTORY ?? realpathSync(tmpdir());
  return mkdtempSync(join(run, `latchkey-test-${purpose}-`));
}

/** A temporary directory for a database's files, in memory if possible. */
export function dataDirectory(purpose: string): string {
  const run = process.env.LATCHKEY_TEST_DATABASES ?? databasesDirectory();
  return mkdtempSync(join(run, `latchkey-test-${purpose}-`));
}

export async function asAdministrator(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Drops a database. A closed pool's connections take a moment to end, and a database in use cannot be dropped. Forcing
 * is the last resort, as a process that still has a connection would see an outage.
 */
async function dropDatabase(name: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      return await asAdministrator(`DROP DATABASE ${name}`);
    } catch {
      await sleep(100);
    }
  }
  await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`);
}

export function databaseUrl(name: string): string {
  const url = new URL(process.env.TEST_POSTGRES_URL ?? "");
  url.pathname = `/${name}`;
  return url.href;
}

/** The template: a data directory or a database name, depending on the run. */
function template(): string {
  const made = process.env.LATCHKEY_TEST_TEMPLATE;
  if (made === undefined) throw new Error("The tests' template database was not made; see database-setup.ts");
  return made;
}
