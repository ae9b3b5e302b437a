import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Connection } from "./driver";

export class MigrationError extends Error {}

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

/** The lock that `prisma migrate deploy` takes, so the two never run at once. */
const prismaMigrateLock = 72707369;

/** Prisma's own table, as its engine creates it. */
const migrationsTable = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/** The migrations in a folder of Prisma's layout, oldest first. */
export function readMigrations(directory: string): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * Applies the missing migrations, each in one transaction with its record. An advisory lock makes sure that of several
 * nodes starting at once, one migrates and the others find nothing to do.
 *
 * @throws MigrationError if the database has a migration that this version does not know, that was changed since, or
 * that did not finish
 */
export async function migrate(connection: Connection, migrations: readonly Migration[]): Promise<void> {
  await connection.query("SELECT pg_advisory_lock($1)", [prismaMigrateLock]);
  try {
    await connection.script(migrationsTable);
    const applied = await connection.query(
      `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
    );
    refuseStrangers(applied, migrations);
    const names = new Set(applied.map((row) => row.migration_name));
    for (const migration of migrations) {
      if (!names.has(migration.name)) await apply(connection, migration);
    }
  } finally {
    await connection.query("SELECT pg_advisory_unlock($1)", [prismaMigrateLock]);
  }
}

function refuseStrangers(
  applied: readonly Record<string, unknown>[],
  migrations: readonly Migration[],
): void {
  for (const row of applied) {
    const known = migrations.find((migration) => migration.name === row.migration_name);
    if (known === undefined) {
      throw new MigrationError(
        `The database is newer than this Latchkey: it has the migration ${row.migration_name}.`,
      );
    }
    if (known.checksum !== row.checksum) {
      throw new MigrationError(`The migration ${known.name} was changed after it was applied.`);
    }
    if (row.finished_at === null) {
      throw new MigrationError(`The migration ${known.name} did not finish; see "prisma migrate resolve".`);
    }
  }
}

async function apply(connection: Connection, migration: Migration): Promise<void> {
  await connection.script("BEGIN");
  try {
    await connection.script(migration.sql);
    await connection.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await connection.script("COMMIT");
  } catch (error) {
    await connection.script("ROLLBACK");
    throw error;
  }
}
