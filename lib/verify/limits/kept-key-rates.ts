import { database, quick } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { KeyRates, TakenLimit } from "./key-rates";

/** A crash loses the counts of so long, and of the write under way. A stop loses none. */
const writeEveryMs = 1_000;
/** Writing takes at most a tenth of the database's time for a node, and waits no longer than this. */
const pauseFactor = 9;
const pauseMaximumMs = 60_000;
const sweepEveryMs = 60 * 60 * 1000;
/** The embedded database stands still for verifications while a statement runs. */
const rowsAtOnce = 500;
const rowsReadAtOnce = 20_000;

/**
 * Fills the counts with what was kept of them, then keeps what changes, beside verifications. Several nodes keep one
 * row for a key, of the one that counted most: a node that starts begins there, and none gets its quota again.
 *
 * @returns ends it, after a last write
 * @throws when the database does not answer
 */
export async function keepKeyRates(rates: KeyRates): Promise<() => Promise<void>> {
  await load(rates);
  let writing: Promise<void> | undefined;
  let notBefore = 0;
  let isFailing = false;
  const write = async () => {
    const begun = performance.now();
    const changed = rates.takeChanged();
    try {
      while (changed.length > 0) {
        await writeRates(changed.slice(0, rowsAtOnce));
        changed.splice(0, rowsAtOnce);
      }
      isFailing = false;
    } catch (error) {
      if (!isFailing)
        log().error(error, "what keys took of their limits could not be kept; it is tried again");
      isFailing = true;
      rates.keepChanged(changed);
    }
    notBefore = performance.now() + Math.min(pauseFactor * (performance.now() - begun), pauseMaximumMs);
  };
  const written = () => {
    writing ??= write().finally(() => {
      writing = undefined;
    });
    return writing;
  };
  const timers = [
    setInterval(() => performance.now() >= notBefore && void written(), writeEveryMs),
    setInterval(() => void sweep(), sweepEveryMs),
  ];
  for (const timer of timers) timer.unref();
  return async () => {
    for (const timer of timers) clearInterval(timer);
    // What is under way may have begun before the last request was taken.
    await writing;
    await written();
  };
}

type Row = { keyId: string; requests: number; seconds: number; restoredInMs: number };

/** By the database's clock, which all nodes have in common, and which goes on while this process does not run. */
async function load(rates: KeyRates): Promise<void> {
  for (let after = ""; ; ) {
    const rows = await quick<Row>({
      name: "latchkey_load_key_rates",
      text: `SELECT key_id AS "keyId", requests, seconds,
          (extract(epoch FROM restored_at - clock_timestamp()) * 1000)::float8 AS "restoredInMs"
        FROM key_rates WHERE key_id > $1 AND restored_at > clock_timestamp() ORDER BY key_id LIMIT ${rowsReadAtOnce}`,
      values: [after],
    });
    const nowMs = performance.now();
    for (const { keyId, requests, seconds, restoredInMs } of rows) {
      rates.restore({ keyId, limit: { requests, seconds }, restoredInMs }, nowMs);
    }
    if (rows.length < rowsReadAtOnce) return;
    after = rows.at(-1)?.keyId ?? "";
  }
}

async function writeRates(taken: readonly TakenLimit[]): Promise<void> {
  const rows = taken.map(({ keyId, limit, restoredInMs }) => ({ id: keyId, ...limit, ms: restoredInMs }));
  await quick({
    name: "latchkey_write_key_rates",
    // Lost in a crash of the database it is a second's counts, hence no fsync.
    text: `WITH lazy AS (SELECT set_config('synchronous_commit', 'off', true))
      INSERT INTO key_rates AS kept (key_id, requests, seconds, restored_at)
      SELECT k.id, k.requests, k.seconds, clock_timestamp() + k.ms * interval '1 ms'
      FROM lazy, jsonb_to_recordset($1::jsonb) AS k(id text, requests int, seconds int, ms float8) ORDER BY k.id
      ON CONFLICT (key_id) DO UPDATE SET requests = excluded.requests, seconds = excluded.seconds,
        restored_at = CASE WHEN (kept.requests, kept.seconds) = (excluded.requests, excluded.seconds)
          THEN greatest(kept.restored_at, excluded.restored_at) ELSE excluded.restored_at END`,
    values: [JSON.stringify(rows)],
  });
}

async function sweep(): Promise<void> {
  await database().$executeRaw`DELETE FROM key_rates WHERE restored_at < clock_timestamp()`.catch(
    (error: unknown) => log().warn(error, "old counts could not be removed; they are next time"),
  );
}
