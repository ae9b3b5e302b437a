import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { readMigrations } from "@/lib/db/migrate";
import { schemaDiff } from "./schema-engine";

// Prints the SQL from the migrations to prisma/schema.prisma: the draft of the next migration.
const pglite = await PGlite.create();
for (const { sql } of readMigrations("prisma/migrations")) await pglite.exec(sql);
const sql = await schemaDiff(new PrismaPGlite(pglite) as never, { tag: "database" }, { tag: "schema" });
process.stdout.write(sql === "" ? "-- The migrations lead to the schema already.\n" : `${sql}\n`);
await pglite.close();
