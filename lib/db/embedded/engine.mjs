// @ts-check
// The embedded database's thread: PGlite, which blocks it while a statement runs. DatabaseThread starts it and passes it
// the bytes that a PostgreSQL client writes. Plain JavaScript, because a thread loads its file by itself: from the source
// under tsx and vitest, and from dist.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { DurableNodeFs } from "./durable-file-system.mjs";

/**
 * `-F` is PGlite's "do not fsync". PostgreSQL eventually uses all of its shared buffers, so the default of 128 MB would
 * be most of the process's memory. The operating system caches the rest.
 */
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...["-c", "fsync=on", "-c", "wal_sync_method=fsync", "-c", "synchronous_commit=on"],
  ...["-c", "shared_buffers=16MB"],
];

const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);
const files = new DurableNodeFs(workerData.directory);
const database = await PGlite.create({ fs: files, startParams, extensions: { pg_trgm } }).catch(end);
endWithPostgres(database);

/** The number of the current session. A message with a higher number starts a new session. */
let session = 0;
/** @type {Uint8Array} */
let unfinished = new Uint8Array(0);

port.on("message", async (message) => {
  if (message === "close") {
    await database.close();
    process.exit(0);
  }
  const { bytes } = message;
  if (message.session > session) {
    // This is the new session's start-up message. PGlite has only one session, so reset what the previous one left,
    // such as an open transaction.
    for (const sql of ["ROLLBACK", "DISCARD ALL"]) await run(query(sql), () => {});
    session = message.session;
    unfinished = new Uint8Array(0);
    await run(bytes, send);
  } else if (message.session === session) {
    const requests = whole(bytes);
    if (requests.length > 0) await run(requests, send);
  }
  flush();
});
port.postMessage("ready");

/** The messages that end a request: Query, Sync, Flush and Terminate. */
const ends = new Set(Array.from("QSHX", (type) => type.charCodeAt(0)));

/**
 * The complete requests received so far. Incomplete bytes are kept for later.
 *
 * @param {Uint8Array} bytes
 */
function whole(bytes) {
  const all = unfinished.length === 0 ? bytes : Buffer.concat([unfinished, bytes]);
  const view = new DataView(all.buffer, all.byteOffset, all.length);
  let end = 0;
  for (let at = 0, next = 0; at + 5 <= all.length; at = next) {
    next = at + 1 + view.getInt32(at + 1);
    if (next > all.length) break;
    if (ends.has(view.getUint8(at))) end = next;
  }
  unfinished = all.subarray(end);
  return all.subarray(0, end);
}

/**
 * Avoids execProtocolRaw, which keeps a parsed copy of every answer.
 *
 * @param {Uint8Array} requests
 * @param {(bytes: Uint8Array) => void} onRawData gets a view of memory that changes after the call
 */
function run(requests, onRawData) {
  return database.execProtocolRawStream(requests, { syncToFs: false, onRawData }).catch(end);
}

/** @param {string} sql */
function query(sql) {
  const message = Buffer.from(`Q\0\0\0\0${sql}\0`);
  message.writeInt32BE(message.length - 1, 1);
  return message;
}

/** Output that was not sent yet. A large answer is sent in pieces, so it is never here as a whole. */
const gathered = new Uint8Array(64 * 1024);
let length = 0;

/** @param {Uint8Array} bytes */
function send(bytes) {
  if (length + bytes.length > gathered.length) flush();
  if (bytes.length > gathered.length) return give(bytes.slice());
  gathered.set(bytes, length);
  length += bytes.length;
}

function flush() {
  if (length > 0) give(gathered.slice(0, length));
  length = 0;
}

/** @param {Uint8Array<ArrayBuffer>} bytes transferred, not copied, so they cannot be used afterwards */
function give(bytes) {
  port.postMessage({ session, bytes }, [bytes.buffer]);
}

/**
 * PGlite ignores whatever PostgreSQL's main loop throws, and would continue with an aborted program. Only the jump that
 * ends a failed statement is normal; after anything else, no answer can be trusted.
 *
 * @param {PGlite} pglite
 */
function endWithPostgres({ Module: postgres }) {
  const failedStatement = 100;
  const runOnce = postgres._PostgresMainLoopOnce;
  postgres._PostgresMainLoopOnce = () => {
    try {
      runOnce();
    } catch (error) {
      if (/** @type {{ status?: unknown }} */ (error).status === failedStatement) throw error;
      end(error);
    }
  };
}

/**
 * Ends this thread, which ends the process.
 *
 * @param {unknown} error
 * @returns {never}
 */
function end(error) {
  port.postMessage({ lost: files.lastWords ?? String(error) });
  process.exit(1);
}
