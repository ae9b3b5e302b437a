import { randomBytes } from "node:crypto";
import { openDatabase } from "@/lib/db/open-database";
import { loadEnv } from "@/lib/load-env";
import { asAdministrator, dataDirectory } from "./installation";

const made: string[] = [];

/** Creates a database with the given SQL, for tests of databases with other settings. Returns its name. */
export async function makeDatabase(how: string): Promise<string> {
  const name = `latchkey_made_${randomBytes(6).toString("hex")}`;
  await asAdministrator(`CREATE DATABASE ${name} ${how}`);
  made.push(name);
  return name;
}

export async function dropMadeDatabases(): Promise<void> {
  for (const name of made.splice(0)) await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`);
}

/** Opens the database as a server does. Returns the messages for its operator. */
export async function openAt(url: string): Promise<readonly string[]> {
  const secret = "s".repeat(32);
  const dataDir = dataDirectory("made");
  return openDatabase(
    loadEnv({ DATABASE_URL: url, DATA_DIR: dataDir, AUTH_SECRET: secret, KEY_PEPPER: secret }),
  );
}
