import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { Driver } from "./driver";

const connectTimeoutMs = 5_000;

/** PostgreSQL, or what speaks its protocol, at `url`. Connects when first asked. */
export function openPostgres(url: string): Driver {
  const pool = new pg.Pool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: connectTimeoutMs,
    // Prisma writes times in UTC without saying so; a session in another zone would shift them.
    onConnect: async (client) => {
      await client.query("SET TIME ZONE 'UTC'");
    },
  });
  return {
    adapter: new PrismaPg(pool),
    withConnection: async (work) => {
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
      await client.connect();
      try {
        return await work({
          query: async (sql, values = []) => (await client.query(sql, [...values])).rows,
          script: async (sql) => {
            await client.query(sql);
          },
        });
      } finally {
        await client.end();
      }
    },
    close: () => pool.end(),
  };
}
