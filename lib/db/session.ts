/** A database or connection that Latchkey would not work correctly on. The message is for the operator. */
export class DatabaseUnfit extends Error {
  constructor(reason: string) {
    super(`The database cannot be used: ${reason}`);
  }
}

/** Runs one statement without parameters in the session and returns its rows. */
export type Ask = (sql: string) => Promise<readonly Record<string, unknown>[]>;

/**
 * Every session setting that our reads and writes depend on. The server, the database, the role or the database URL may
 * set each of them differently.
 */
const settings = {
  // Time formats. Prisma reads and writes times in UTC, without a zone.
  DateStyle: "ISO, YMD",
  IntervalStyle: "postgres",
  TimeZone: "UTC",
  // Formats of text, bytes and numbers.
  client_encoding: "UTF8",
  standard_conforming_strings: "on",
  bytea_output: "hex",
  extra_float_digits: "1",
  array_nulls: "on",
  // How statements are interpreted.
  search_path: "public",
  transform_null_equals: "off",
  // Rows hidden by a policy cause an error, not an empty result.
  row_security: "off",
  // All locks and conditions assume READ COMMITTED.
  default_transaction_isolation: "read committed",
  default_transaction_read_only: "off",
  default_transaction_deferrable: "off",
  // Our own timeouts stop slow statements, and a listening connection is idle for days.
  statement_timeout: "0",
  lock_timeout: "0",
  idle_session_timeout: "0",
  // An open transaction holds locks that other nodes wait for. If its node sleeps or is cut off, the database ends it
  // after this time; our own statements follow each other within milliseconds.
  idle_in_transaction_session_timeout: "5s",
} as const;

/** A commit must be on disk before it returns. `remote_apply`, which also waits for replicas, is kept. */
const durable = `set_config('synchronous_commit',
  CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false)`;

const facts = `current_setting('server_version_num')::int AS version,
  current_setting('server_encoding') AS encoding,
  current_setting('session_replication_role') AS triggers,
  pg_is_in_recovery() AS "isReplica"`;

const names = Object.keys(settings);
const set = Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', false)`);
const setAll = `SELECT ${set.map((call, index) => `${call} AS "${names[index]}"`).join()}, ${durable} AS durable, ${facts}`;
const readAll = `SELECT ${names.map((name) => `current_setting('${name}') AS "${name}"`).join()}, ${facts}`;

/**
 * Applies all settings that we rely on to a new session. Every connection does this before its first statement, so
 * other configuration does not matter.
 *
 * @throws DatabaseUnfit
 */
export async function prepareSession(ask: Ask): Promise<void> {
  refuseUnfit(await askOrRefuse(ask, setAll));
}

/**
 * Checks that the session kept its settings. A pooler could answer on the database's behalf and keep none of them.
 *
 * @throws DatabaseUnfit
 */
export async function checkSession(ask: Ask): Promise<void> {
  refuseUnfit(await askOrRefuse(ask, readAll));
}

/** Warnings for the operator about a database that can be used. */
export async function readWarnings(ask: Ask): Promise<readonly string[]> {
  const [row] = await ask(`SELECT current_setting('fsync') AS fsync,
    current_setting('full_page_writes') AS full_page_writes, lower('É') = 'é' AS "knowsLetters"`);
  const off = ["fsync", "full_page_writes"].filter((name) => row?.[name] === "off");
  const warnings = off.map(
    (name) => `The database runs with ${name} off: a crash of its machine can lose or damage everything`,
  );
  if (row?.knowsLetters === false) {
    warnings.push(
      "The database's LC_CTYPE only knows ASCII letters: searches distinguish É from é. C.UTF-8 knows all letters and sorts like C",
    );
  }
  return warnings;
}

async function askOrRefuse(ask: Ask, sql: string): Promise<Record<string, unknown>> {
  try {
    const [row] = await ask(sql);
    if (row === undefined) throw new DatabaseUnfit("it does not answer with a row.");
    return row;
  } catch (error) {
    // An SQLSTATE means that the database itself refused a setting; any other error comes from the connection.
    const { code, message } = error as { code?: unknown; message?: unknown };
    if (typeof code !== "string" || !sqlState.test(code)) throw error;
    throw new DatabaseUnfit(`it rejects our session settings (${String(message)}).`);
  }
}

/** Any SQLSTATE except those of an outage: connection, shutdown, no connection left. */
const sqlState = /^(?!08|57P|53)[0-9A-Z]{5}$/;

function refuseUnfit(row: Record<string, unknown>): void {
  const { version, encoding, triggers, isReplica } = row;
  if (Number(version) < 140_000) throw new DatabaseUnfit("it is older than PostgreSQL 14.");
  if (encoding !== "UTF8") {
    throw new DatabaseUnfit(
      `its encoding is ${encoding}, which cannot store all text. Create one with: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0`,
    );
  }
  if (isReplica !== false) {
    throw new DatabaseUnfit("it is a replica that can only be read. DATABASE_URL must lead to the primary.");
  }
  if (triggers !== "origin") {
    throw new DatabaseUnfit(
      `session_replication_role is ${triggers}, so triggers do not run. Reset it for the role and the database.`,
    );
  }
  for (const [name, wanted] of Object.entries(settings)) {
    if (row[name] === wanted) continue;
    throw new DatabaseUnfit(
      `${name} is "${row[name]}" and must be "${wanted}". Something between Latchkey and PostgreSQL drops session settings.`,
    );
  }
}
