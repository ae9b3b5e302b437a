import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseThread } from "@/lib/db/embedded/database-thread";
import { migrate, readMigrations } from "@/lib/db/migrate";
import { connectionOf, postgresPool } from "@/lib/db/postgres/connect-postgres";
import { schemaDiff } from "./schema-engine";

// Prints the SQL that leads from the migrations to prisma/schema.prisma: a draft of the next migration.
const directory = mkdtempSync(join(tmpdir(), "latchkey-draft-"));
const thread = await DatabaseThread.start(directory);
const pool = postgresPool(thread.pool);
const client = await pool.connect();
await migrate(connectionOf(client), readMigrations("prisma/migrations"));
client.release();
const sql = await schemaDiff(pool, { tag: "database" }, { tag: "schema" });
process.stdout.write(sql === "" ? "-- The migrations lead to the schema already.\n" : `${sql}\n`);
await pool.end();
await thread.close();
rmSync(directory, { recursive: true });
