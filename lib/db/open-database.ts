import { join } from "node:path";
import { adoptDatabase } from "./client";
import { migrate, readMigrations } from "./migrate";

/**
 * Opens the process's database and migrates it.
 *
 * @param onLost called when the embedded database stops unexpectedly; only a new process can open it again
 * @returns warnings for the operator
 * @throws DataDirectoryInUse, DatabaseUnfit, MigrationError
 */
export async function openDatabase(
  where: { readonly databaseUrl: string | undefined; readonly dataDir: string },
  onLost: (reason: Error) => void = endProcess,
): Promise<readonly string[]> {
  const driver =
    where.databaseUrl === undefined
      ? await (await import("./embedded/embedded")).openEmbedded(where.dataDir, onLost)
      : (await import("./postgres/postgres")).openPostgres(where.databaseUrl);
  try {
    const warnings = await driver.check();
    await driver.withConnection((connection) =>
      migrate(connection, readMigrations(join(process.cwd(), "prisma/migrations"))),
    );
    adoptDatabase(driver);
    return warnings;
  } catch (error) {
    await driver.close();
    throw error;
  }
}

/** Ends a command and prints the reason. */
function endProcess(reason: Error): never {
  throw reason;
}
