import { randomUUID } from "node:crypto";
import type { Extensions } from "@electric-sql/pglite";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { databaseUrl, dataDirectory } from "@/e2e/support/database/installation";
import { schemaDiff } from "@/scripts/schema-engine";
import type { Connection } from "./driver";
import { DatabaseThread } from "./embedded/database-thread";
import { MigrationError, migrate, readMigrations } from "./migrate";
import { connectionOf, postgresPool } from "./postgres/connect-postgres";

const postgresUrl =
  process.env.LATCHKEY_TEST_DATABASE === "postgres" ? process.env.TEST_POSTGRES_URL : undefined;
const migrations = readMigrations("prisma/migrations");
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function embeddedDatabase(extensions: Extensions = { pg_trgm }) {
  const pglite = await PGlite.create({ extensions });
  closers.push(() => pglite.close());
  const connection: Connection = {
    query: async (sql, values = []) => (await pglite.query<Record<string, unknown>>(sql, [...values])).rows,
    script: async (sql) => void (await pglite.exec(sql)),
  };
  return connection;
}

/** An empty database. */
async function blankPool(): Promise<pg.Pool> {
  if (postgresUrl === undefined) {
    const thread = await DatabaseThread.start(dataDirectory("blank"));
    const pool = postgresPool(thread.pool);
    closers.push(
      () => thread.close(),
      () => pool.end(),
    );
    return pool;
  }
  const name = `migrate_${randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client({ connectionString: postgresUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  closers.push(
    () => admin.end(),
    () => admin.query(`DROP DATABASE ${name} WITH (FORCE)`),
  );
  const pool = postgresPool({ connectionString: databaseUrl(name) });
  closers.push(() => pool.end());
  return pool;
}

async function connect(pool: pg.Pool): Promise<Connection> {
  const client = await pool.connect();
  closers.push(async () => client.release());
  return connectionOf(client);
}

const blankConnection = async () => connect(await blankPool());

/** One line per object of a database, in PostgreSQL's own words. */
async function catalog(connection: Connection): Promise<unknown[]> {
  const rows = await connection.query(`
    SELECT 'column ' || table_name || ' ' || column_name || ' ' || udt_name || ' ' || is_nullable || ' '
      || coalesce(column_default, '') AS line
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'enum ' || enumtypid::regtype || ' ' || enumlabel || ' ' || enumsortorder FROM pg_enum`);
  return rows.map((row) => row.line).sort();
}

test("the migrations produce exactly the schema in schema.prisma", async () => {
  const pool = await blankPool();
  const client = await pool.connect();
  await migrate(connectionOf(client), migrations);
  client.release();
  expect(await schemaDiff(pool, { tag: "database" }, { tag: "schema" })).toBe("");

  // Proves that the comparison detects a difference.
  await pool.query(`ALTER TABLE api_keys DROP COLUMN description`);
  const difference = await schemaDiff(pool, { tag: "database" }, { tag: "schema" });
  expect(difference).toContain(`ADD COLUMN     "description"`);
});

test.skipIf(postgresUrl === undefined)(
  "on PostgreSQL the migrations produce the same as on the embedded database, including checks and triggers",
  async () => {
    const [connection, postgres] = [await embeddedDatabase(), await blankConnection()];
    await migrate(connection, migrations);
    await migrate(postgres, migrations);
    const [embedded, other] = [await catalog(connection), await catalog(postgres)];
    expect(other.length).toBeGreaterThan(100);
    expect(other).toEqual(embedded);
  },
);

test("[S2] without pg_trgm, which is optional, everything except the search index is created", async () => {
  const [full, bare] = [await embeddedDatabase(), await embeddedDatabase({})];
  for (const connection of [full, bare]) await migrate(connection, migrations);
  const indexes = async ({ query }: Connection) =>
    (await query("SELECT indexname FROM pg_indexes ORDER BY indexname")).map((row) => row.indexname);
  const inFull = await indexes(full);
  expect(inFull).toContain("api_keys_search");
  expect(await indexes(bare)).toEqual(inFull.filter((name) => name !== "api_keys_search"));
});

test("older names are normalized, and duplicates get a number", async () => {
  const connection = await blankConnection();
  const typedText = migrations.findIndex(({ name }) => name.endsWith("_typed_text"));
  await migrate(connection, migrations.slice(0, typedText));
  const [organization, user] = [randomUUID(), randomUUID()];
  await connection.query(`INSERT INTO organizations (id, slug, name) VALUES ($1, 'acme', $2)`, [
    organization,
    "Caf\u0065\u0301\u00a0 Ltd",
  ]);
  await connection.query(`INSERT INTO users (id, email, name) VALUES ($1, 'e@example.com', $2)`, [
    user,
    "\u200bE\u0301lodie",
  ]);
  const typed = ["Nightly\u00a0deploy", "Nightly  deploy", "Nightly deploy", "Other"];
  for (const name of typed) {
    await connection.query(`INSERT INTO applications (id, organization_id, name) VALUES ($1, $2, $3)`, [
      randomUUID(),
      organization,
      name,
    ]);
  }
  await connection.query(
    `INSERT INTO roles (id, organization_id, role_id, title, description)
     VALUES ($1, $2, 'viewer', 'View\u2003all', $3)`,
    [randomUUID(), organization, "one\r\n\u00a0two\u00a0\u00a0 three\n"],
  );
  await migrate(connection, migrations);
  const read = async (sql: string) => (await connection.query(sql)).map((row) => row.text);
  expect(await read("SELECT name AS text FROM organizations")).toEqual(["Café Ltd"]);
  expect(await read("SELECT name AS text FROM users")).toEqual(["Élodie"]);
  const names = await read("SELECT name AS text FROM applications");
  expect(names.sort()).toEqual(["Nightly deploy", "Nightly deploy (2)", "Nightly deploy (3)", "Other"]);
  expect(await read("SELECT title AS text FROM roles")).toEqual(["View all"]);
  expect(await read("SELECT description AS text FROM roles")).toEqual(["one\ntwo three"]);
});

test("a second run finds nothing to do, and Prisma's own table says what was done", async () => {
  const connection = await blankConnection();
  await migrate(connection, migrations);
  await migrate(connection, migrations);
  const rows = await connection.query(
    `SELECT migration_name, checksum, applied_steps_count FROM "_prisma_migrations" WHERE finished_at IS NOT NULL`,
  );
  expect(rows).toEqual(
    migrations.map(({ name, checksum }) => ({ migration_name: name, checksum, applied_steps_count: 1 })),
  );
});

test("a migration that fails leaves nothing behind and can be tried again", async () => {
  const connection = await blankConnection();
  const broken = {
    name: "1_broken",
    checksum: "b",
    sql: "CREATE TABLE half (id int); SELECT no_such_function();",
  };
  await expect(migrate(connection, [broken])).rejects.toThrow(/no_such_function/);
  const mended = { ...broken, checksum: "m", sql: "CREATE TABLE half (id int);" };
  await migrate(connection, [mended]);
  expect(await connection.query("SELECT count(*)::int AS count FROM half")).toEqual([{ count: 0 }]);
});

test("a database from a newer version, or with a migration that was changed, is refused", async () => {
  const connection = await blankConnection();
  const first = { name: "1_first", checksum: "a", sql: "CREATE TABLE first (id int);" };
  await migrate(connection, [first]);
  await expect(migrate(connection, [])).rejects.toThrow(MigrationError);
  await expect(migrate(connection, [{ ...first, checksum: "z" }])).rejects.toThrow(/was changed/);
});

test.skipIf(postgresUrl === undefined)("of several nodes that start at once, one migrates", async () => {
  const pool = await blankPool();
  const connections = await Promise.all(Array.from({ length: 4 }, () => connect(pool)));
  await Promise.all(connections.map((connection) => migrate(connection, migrations)));
  const rows = await connections[0]?.query(`SELECT migration_name FROM "_prisma_migrations"`);
  expect(rows).toHaveLength(migrations.length);
});
