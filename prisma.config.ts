import { defineConfig } from "prisma/config";

// Used by Prisma's own commands only; Latchkey itself opens the database in lib/db/client.ts.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://unset" },
});
