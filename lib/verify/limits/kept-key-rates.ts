import { database, runPrepared } from "@/lib/db/client";
import { env } from "@/lib/env";
import { RepeatedWork } from "../repeated-work";
import type { KeyRates, TakenLimit } from "./key-rates";

/** A crash loses at most this much of the counts, plus the write under way. A clean stop loses none. */
const writeEveryMs = 1_000;
/** The pause after each write limits a node to a tenth of the database's time, unless the pause reaches the maximum. */
const pauseFactor = 9;
const pauseMaximumMs = 60_000;
const sweepEveryMs = 60 * 60 * 1000;
/** The embedded database runs one statement at a time, so each may only write a limited number of rows. */
const rowsAtOnce = 500;
const rowsReadAtOnce = 20_000;

/**
 * Loads the stored counts, then writes changed ones in the background. Nodes share one row per key, which contains the
 * highest count. A node starts with these rows, so a restart gives no key its quota back.
 *
 * @returns a function that writes once more and stops
 * @throws if the database does not respond
 */
export async function keepKeyRates(rates: KeyRates): Promise<() => Promise<void>> {
  await load(rates);
  const writing = new RepeatedWork({
    ...{ what: "rate limit counts could not be stored", everyMs: writeEveryMs, pauseFactor, pauseMaximumMs },
    run: () => writeChanged(rates),
  }).start();
  const sweeping = new RepeatedWork({
    ...{ what: "old rate limit counts could not be removed", everyMs: sweepEveryMs },
    run: sweep,
  }).start();
  return async () => {
    await Promise.all([writing.stop(), sweeping.stop()]);
    await writing.runNow();
  };
}

async function writeChanged(rates: KeyRates): Promise<void> {
  const changed = rates.takeChanged();
  try {
    while (changed.length > 0) {
      await writeRates(changed.slice(0, rowsAtOnce));
      changed.splice(0, rowsAtOnce);
    }
  } catch (error) {
    rates.keepChanged(changed);
    throw error;
  }
}

type Row = { keyId: string; requests: number; seconds: number; restoredInMs: number };

/** Uses the database's clock: all nodes share it, and it runs on while this process is stopped. */
async function load(rates: KeyRates): Promise<void> {
  for (let after = ""; ; ) {
    const rows = await runPrepared<Row>({
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
  await runPrepared({
    name: "latchkey_write_key_rates",
    // A crash of PostgreSQL loses a second of counts at most, so this does not wait for the fsync. The embedded
    // database has no process to write such a commit later, and is killed with its node.
    text: `WITH lazy AS (SELECT set_config('synchronous_commit', $2, true))
      INSERT INTO key_rates AS kept (key_id, requests, seconds, restored_at)
      SELECT k.id, k.requests, k.seconds, clock_timestamp() + k.ms * interval '1 ms'
      FROM lazy, jsonb_to_recordset($1::jsonb) AS k(id text, requests int, seconds int, ms float8) ORDER BY k.id
      ON CONFLICT (key_id) DO UPDATE SET requests = excluded.requests, seconds = excluded.seconds,
        restored_at = CASE WHEN (kept.requests, kept.seconds) = (excluded.requests, excluded.seconds)
          THEN greatest(kept.restored_at, excluded.restored_at) ELSE excluded.restored_at END`,
    values: [JSON.stringify(rows), env().databaseUrl === undefined ? "on" : "off"],
  });
}

async function sweep(): Promise<void> {
  await database().$executeRaw`DELETE FROM key_rates WHERE restored_at < clock_timestamp()`;
}
