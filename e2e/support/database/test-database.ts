import { afterAll, beforeAll } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import type { Env } from "@/lib/env";
import { loadEnv } from "@/lib/load-env";
import { createInstallation } from "./installation";

/** Opens an empty, migrated database for this process, for one file of service tests. */
export async function openTestDatabase(): Promise<{ env: Env; close: () => Promise<void> }> {
  const installation = await createInstallation();
  const env = loadEnv({ ...installation.variables });
  await openDatabase(env);
  return {
    env,
    close: async () => {
      await closeDatabase();
      await installation.remove();
    },
  };
}

/** Opens a database before the tests of a file and closes it after them. */
export function provideTestDatabase(): void {
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ close } = await openTestDatabase());
  });
  afterAll(() => close());
}
