import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort } from "../processes/free-port";
import { needPostgresPrograms } from "./postgres-programs";

export type PostgresCluster = {
  /** The URL of a superuser, who may create databases. */
  readonly url: string;
  readonly dataDir: string;
  readonly stop: () => Promise<void>;
};

const keeper = fileURLToPath(new URL("./postgres-keeper.mjs", import.meta.url));

/**
 * Starts a throwaway PostgreSQL on a free port, installing it first if possible. It ends when this process does,
 * however that ends.
 *
 * @throws Error that says what is missing
 */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const programs = needPostgresPrograms();
  // Detached: Ctrl-C in a terminal reaches the tests first, and they may still need the database.
  const child = spawn(process.execPath, [keeper, programs, String(await freePort())], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  const exited = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, "line"), exited.then(() => [undefined])])) as [
    string | undefined,
  ];
  const answer = JSON.parse(line ?? "{}") as { url?: string; dataDir?: string; error?: string };
  if (answer.url === undefined || answer.dataDir === undefined) {
    child.stdin.end();
    throw new Error(`A PostgreSQL for the tests could not be started: ${answer.error ?? "it said nothing"}`);
  }
  child.unref();
  return {
    url: answer.url,
    dataDir: answer.dataDir,
    stop: async () => {
      child.ref();
      child.stdin.end();
      if (child.exitCode === null) await exited;
    },
  };
}
