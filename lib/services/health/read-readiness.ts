import { join } from "node:path";
import { database } from "@/lib/db/client";
import { readMigrations } from "@/lib/db/migrate";
import { remember } from "@/lib/remember";

const patienceMs = 2000;

/**
 * Set while this process is stopping. It then reports that it is not ready, so load balancers stop sending requests.
 */
export const stopping = () => remember<{ begun?: boolean }>("latchkeyStopping", () => ({}));

/**
 * Null if this process can answer requests, otherwise the reason: it is stopping, the database does not respond within
 * two seconds, or a migration is missing.
 */
export async function readReadiness(): Promise<string | null> {
  if (stopping().begun) return "Latchkey is stopping.";
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, patienceMs, "The database does not answer in time.");
  });
  try {
    return await Promise.race([missingMigration(), tooLate]);
  } catch {
    return "The database does not answer.";
  } finally {
    clearTimeout(timer);
  }
}

/** The migrations shipped with this process. The folder does not change while it runs. */
let expected: readonly string[] | undefined;

async function missingMigration(): Promise<string | null> {
  expected ??= readMigrations(join(process.cwd(), "prisma/migrations")).map(({ name }) => name);
  const applied = await database().$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const names = new Set(applied.map((migration) => migration.name));
  const missing = expected.find((name) => !names.has(name));
  return missing === undefined ? null : `The database lacks the migration ${missing}.`;
}
