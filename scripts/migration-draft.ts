import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { schemaDiff } from "./schema-engine";

const sql = await schemaDiff(new PrismaPGlite(new PGlite()) as never, { tag: "empty" }, { tag: "schema" });
process.stdout.write(`${sql}\n`);
process.exit(0);
