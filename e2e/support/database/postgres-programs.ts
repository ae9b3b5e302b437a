import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { aptInstall, canAptInstall } from "../processes/apt-install";

const suffix = process.platform === "win32" ? ".exe" : "";

/** The directory of initdb and postgres; undefined if none is installed. */
function findPostgresPrograms(): string | undefined {
  return candidates().find((directory) =>
    ["initdb", "postgres"].every((program) => existsSync(join(directory, program + suffix))),
  );
}

function* candidateGroups(): Generator<string[]> {
  yield (process.env.PATH ?? "").split(delimiter).filter((directory) => directory !== "");
  yield [output("pg_config", ["--bindir"])].filter((directory) => directory !== "");
  // Debian keeps them off the PATH; Homebrew and the Windows installer do too.
  yield versions("/usr/lib/postgresql", "bin");
  yield versions("/usr", "bin", /^pgsql-/);
  yield versions("/opt/homebrew/opt", "bin", /^postgresql/);
  yield versions("/usr/local/opt", "bin", /^postgresql/);
  yield versions("C:\\Program Files\\PostgreSQL", "bin");
}

function candidates(): string[] {
  return [...candidateGroups()].flat();
}

/** `root/<version>/bin`, the highest version first. */
function versions(root: string, inside: string, named = /./): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => named.test(name))
    .sort((a, b) => b.localeCompare(a, undefined, { numeric: true }))
    .map((name) => join(root, name, inside));
}

/**
 * Finds the programs, or installs them with apt-get as root.
 *
 * @throws Error that says what to install
 */
export function needPostgresPrograms(): string {
  const found = findPostgresPrograms();
  if (found !== undefined) return found;
  if (canAptInstall()) {
    process.stdout.write("Installing PostgreSQL with apt-get, for the tests ...\n");
    aptInstall(["postgresql"]);
    const installed = findPostgresPrograms();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    "PostgreSQL's programs (initdb, postgres) were not found. Install PostgreSQL 14 or later, for example " +
      "`sudo apt-get install postgresql` or `brew install postgresql`, or set TEST_POSTGRES_URL to a server " +
      "on which the tests may create databases.",
  );
}

function output(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}
