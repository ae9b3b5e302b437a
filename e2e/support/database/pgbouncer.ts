import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { aptInstall, canAptInstall } from "../processes/apt-install";
import { freePort } from "../processes/free-port";

function findPgbouncer(): string | undefined {
  const onPath = (process.env.PATH ?? "").split(delimiter).filter((directory) => directory !== "");
  return [...onPath, "/usr/sbin", "/usr/bin", "/opt/homebrew/bin"]
    .map((directory) => join(directory, "pgbouncer"))
    .find((path) => existsSync(path));
}

/** Finds pgbouncer, or installs it with apt-get as root. Undefined if neither works. */
export function needPgbouncer(): string | undefined {
  const found = findPgbouncer();
  if (found !== undefined || !canAptInstall()) return found;
  process.stdout.write("Installing pgbouncer with apt-get, for the tests ...\n");
  aptInstall(["pgbouncer"]);
  return findPgbouncer();
}

/**
 * Starts a pooler in front of this PostgreSQL. Returns a function that gives a database's URL through the pooler, and
 * one that stops it.
 */
export async function startPgbouncer(
  program: string,
  postgres: string,
  pool: { readonly mode: "session" | "transaction" | "statement"; readonly roundRobin?: boolean },
): Promise<{ readonly urlOf: (database: string) => string; readonly stop: () => Promise<void> }> {
  const { hostname, port, username } = new URL(postgres);
  const listening = await freePort();
  // Not inside the run's own directory, which other users cannot read.
  const directory = mkdtempSync(join(realpathSync(tmpdir()), "latchkey-pgbouncer-"));
  chmodSync(directory, 0o755);
  const file = join(directory, "pgbouncer.ini");
  writeFileSync(
    file,
    `[databases]
* = host=${hostname} port=${port} user=${username || "postgres"}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listening}
unix_socket_dir =
auth_type = any
pool_mode = ${pool.mode}
default_pool_size = 60
server_round_robin = ${pool.roundRobin === true ? 1 : 0}
`,
  );
  const child = spawn(program, [file], { stdio: ["ignore", "ignore", "pipe"], ...unprivileged() });
  const ended = once(child, "exit");
  let said = "";
  for await (const chunk of child.stderr) {
    said += chunk;
    if (said.includes("process up")) break;
  }
  if (!said.includes("process up")) throw new Error(`pgbouncer did not start: ${said}`);
  child.stderr.resume();
  return {
    urlOf: (database) => `postgresql://postgres@127.0.0.1:${listening}/${database}`,
    stop: async () => {
      child.kill("SIGKILL");
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** pgbouncer refuses to run as root. */
function unprivileged(): { readonly uid?: number } {
  if (process.getuid?.() !== 0) return {};
  return { uid: Number(execFileSync("id", ["-u", "nobody"], { encoding: "utf8" })) };
}
