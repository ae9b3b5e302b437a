import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BrowserContext } from "@playwright/test";
import { closeDatabase } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import { loadEnv } from "@/lib/load-env";
import { startServer } from "../processes/server-process";

/** A separate server with the example organization, on an embedded database that is removed at the end. */
export type SeededServer = {
  readonly url: string;
  /** The organization's slug. */
  readonly organization: string;
  readonly signIn: (context: BrowserContext, email?: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const password = "a password of the example organization";

/**
 * @param keys the number of keys in the organization, including the public one that every organization starts with
 * @param prepare changes the database in this process before the server starts
 */
export async function startSeededServer(keys: number, prepare?: () => Promise<void>): Promise<SeededServer> {
  const dataDir = mkdtempSync(join(realpathSync(tmpdir()), "latchkey-seeded-"));
  const env = { ...process.env, DATA_DIR: dataDir, SEED_KEYS: String(keys - 1), SEED_PASSWORD: password };
  delete (env as { DATABASE_URL?: string }).DATABASE_URL;
  await promisify(execFile)(process.execPath, ["dist/scripts/seed.mjs"], {
    env: { ...env, NODE_ENV: "production" },
  });
  if (prepare !== undefined) {
    await openDatabase(loadEnv(env));
    await prepare().finally(closeDatabase);
  }
  const server = await startServer({ DATA_DIR: dataDir });
  return {
    url: server.url,
    organization: "northwind-robotics",
    signIn: (context, email = "ana@example.com") => signIn(context, server.url, email),
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Signs the browser in with requests, which saves two page loads. */
async function signIn({ request }: BrowserContext, url: string, email: string): Promise<void> {
  const { csrfToken } = await (await request.get(`${url}/api/auth/csrf`)).json();
  const answer = await request.post(`${url}/api/auth/callback/credentials`, {
    headers: { origin: url },
    form: { csrfToken, json: "true", email, password },
  });
  if (!answer.ok()) throw new Error(`${email} was not signed in: ${answer.status()} ${await answer.text()}`);
}
