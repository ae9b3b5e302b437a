import { once } from "node:events";
import { existsSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Result } from "@/lib/core/result";
import { closeDatabase } from "@/lib/db/client";
import { DataDirectoryInUse } from "@/lib/db/embedded/data-directory";
import { openDatabase } from "@/lib/db/open-database";
import type { Env } from "@/lib/env";
import { EnvironmentError, loadEnv } from "@/lib/load-env";
import { operatorSocket } from "@/lib/server/operator-socket";
import type { ResetLink } from "@/lib/services/password-reset/make-reset-link";
import { resetByOperator } from "@/lib/services/password-reset/reset-by-operator";

// Prints a link that lets a locked-out person set a new password, once, within an hour. Works while servers run: on
// PostgreSQL directly, on the embedded database by asking the server that has it open.
const [email, ...rest] = process.argv.slice(2);
if (email === undefined || rest.length > 0) fail("Say whose password: npm run owner:reset -- email");

// Parsed as in loadEnv, but before it, because loadEnv creates a missing data directory.
const dataDir = process.env.DATA_DIR?.trim() || "./data";
const onPostgres = Boolean(process.env.DATABASE_URL?.trim());
if (!onPostgres && !existsSync(join(dataDir, "postgres")))
  fail(`There is no Latchkey database in ${dataDir}. Set DATA_DIR or DATABASE_URL as for the server.`);

try {
  const { made, serverRuns } = await reset(email, loadEnv(process.env));
  if (!made.ok) {
    const where = onPostgres ? "the database of DATABASE_URL" : dataDir;
    fail(made.code === "not_found" ? `${made.detail} This looked in ${where}.` : made.detail);
  }
  const until = new Date(made.value.expiresAt).toISOString().slice(0, 16).replace("T", " ");
  process.stdout.write(`${made.value.link}\n`);
  process.stdout.write(`Works once, until ${until} UTC. Hand it to ${email} where nobody else reads it.\n`);
  if (!serverRuns) process.stdout.write("Start the server, then open the link.\n");
} catch (error) {
  if (error instanceof EnvironmentError) fail(error.message);
  fail(error instanceof Error ? error.message : String(error));
}

/** With PostgreSQL, `serverRuns` is always true: there is no way to tell, and usually one runs. */
type Reset = { readonly made: Result<ResetLink>; readonly serverRuns: boolean };

async function reset(whose: string, env: Env): Promise<Reset> {
  try {
    await openDatabase(env);
  } catch (error) {
    if (error instanceof DataDirectoryInUse) {
      return { made: await askServer(whose, env.dataDir), serverRuns: true };
    }
    throw error;
  }
  try {
    return { made: await resetByOperator(whose, new Date()), serverRuns: onPostgres };
  } finally {
    await closeDatabase();
  }
}

async function askServer(whose: string, dataDir: string): Promise<Result<ResetLink>> {
  const path = operatorSocket(dataDir);
  const socket = path === null ? undefined : createConnection(path);
  try {
    if (socket === undefined) throw new Error("no socket");
    await once(socket, "connect");
    socket.write(`${whose.replaceAll("\n", " ")}\n`);
    return JSON.parse(await text(socket)) as Result<ResetLink>;
  } catch {
    return fail("The running server does not answer. Stop it, run this again, and start it.");
  } finally {
    socket?.destroy();
  }
}

function fail(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
