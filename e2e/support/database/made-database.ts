import { randomBytes } from "node:crypto";
import { openDatabase } from "@/lib/db/client";
import { loadEnv } from "@/lib/load-env";
import { asAdministrator, temporaryDirectory } from "./installation";

const made: string[] = [];

/** A database with what SQL says of it, for tests of databases that are not as ours. Gives its name. */
export async function makeDatabase(how: string): Promise<string> {
  const name = `latchkey_made_${randomBytes(6).toString("hex")}`;
  await asAdministrator(`CREATE DATABASE ${name} ${how}`);
  made.push(name);
  return name;
}

export async function dropMadeDatabases(): Promise<void> {
  for (const name of made.splice(0)) await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`);
}

/** Opens it as a server does. Gives what its operator hears. */
export async function openAt(url: string): Promise<readonly string[]> {
  const secret = "s".repeat(32);
  const dataDir = temporaryDirectory("made");
  return openDatabase(
    loadEnv({ DATABASE_URL: url, DATA_DIR: dataDir, AUTH_SECRET: secret, KEY_PEPPER: secret }),
  );
}
