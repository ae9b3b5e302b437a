/** A database, or a connection to it, on which this project would be wrong. Its operator reads the message. */
export class DatabaseUnfit extends Error {
  constructor(reason: string) {
    super(`The database cannot be used: ${reason}`);
  }
}

/** Runs one statement without values in the session, and gives its rows. */
export type Ask = (sql: string) => Promise<readonly Record<string, unknown>[]>;

/**
 * Every setting of a session that what we write or read depends on. The server, the database, the role or the
 * address of the database may set each of them otherwise.
 */
const settings = {
  // How times are written, both ways: Prisma reads and writes UTC without saying so.
  DateStyle: "ISO, YMD",
  IntervalStyle: "postgres",
  TimeZone: "UTC",
  // How text, bytes and numbers are.
  client_encoding: "UTF8",
  standard_conforming_strings: "on",
  bytea_output: "hex",
  extra_float_digits: "1",
  array_nulls: "on",
  // What a statement means.
  search_path: "public",
  transform_null_equals: "off",
  // What a policy hides is an error, and not an empty answer.
  row_security: "off",
  // Locks and conditions are written for READ COMMITTED.
  default_transaction_isolation: "read committed",
  default_transaction_read_only: "off",
  default_transaction_deferrable: "off",
  // Our own patience ends what takes too long; a listening connection is idle for days.
  statement_timeout: "0",
  lock_timeout: "0",
  idle_session_timeout: "0",
  // A transaction holds locks that other nodes wait for. When its node sleeps or is cut off, the database ends it
  // after this long; between two statements of ours there are milliseconds.
  idle_in_transaction_session_timeout: "5s",
} as const;

/** What is answered is on disk. What waits for replicas too may stay. */
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
 * Sets what we rely on in a session that has just begun. Every connection to a database does so before its first
 * statement, so that what was set elsewhere, and when, does not matter.
 *
 * @throws DatabaseUnfit
 */
export async function prepareSession(ask: Ask): Promise<void> {
  refuseUnfit(await askOrRefuse(ask, setAll));
}

/**
 * Does the session still have what it was given? Something in between may answer for the database and keep none of it.
 *
 * @throws DatabaseUnfit
 */
export async function checkSession(ask: Ask): Promise<void> {
  refuseUnfit(await askOrRefuse(ask, readAll));
}

/** What an operator should hear of a database that can be used. */
export async function readWarnings(ask: Ask): Promise<readonly string[]> {
  const [row] = await ask(`SELECT current_setting('fsync') AS fsync,
    current_setting('full_page_writes') AS full_page_writes, lower('É') = 'é' AS "knowsLetters"`);
  const off = ["fsync", "full_page_writes"].filter((name) => row?.[name] === "off");
  const warnings = off.map(
    (name) => `The database runs with ${name} off: a crash of its machine can lose or damage everything`,
  );
  if (row?.knowsLetters === false) {
    warnings.push(
      "The database's LC_CTYPE knows ASCII letters alone: searches tell É from é. C.UTF-8 knows all, and sorts as C does",
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
    // With an SQLSTATE the database itself has refused a setting; anything else is the connection's.
    const { code, message } = error as { code?: unknown; message?: unknown };
    if (typeof code !== "string" || !sqlState.test(code)) throw error;
    throw new DatabaseUnfit(`it refuses the settings of a session (${String(message)}).`);
  }
}

/** But for those of an outage: connection, shutdown, no connection left. */
const sqlState = /^(?!08|57P|53)[0-9A-Z]{5}$/;

function refuseUnfit(row: Record<string, unknown>): void {
  const { version, encoding, triggers, isReplica } = row;
  if (Number(version) < 140_000) throw new DatabaseUnfit("it is older than PostgreSQL 14.");
  if (encoding !== "UTF8") {
    throw new DatabaseUnfit(
      `its encoding is ${encoding}, which cannot hold every text. Make one with: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0`,
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
      `${name} is "${row[name]}" and must be "${wanted}". Something between Latchkey and PostgreSQL does not keep what is set.`,
    );
  }
}
