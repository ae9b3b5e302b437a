import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

const dayMs = 24 * 60 * 60 * 1000;
const rowsAtOnce = 5000;

/** In days. Calls are stored by the hour for this long, and by the day after that. */
export const usageHoursDays = 90;
/** Permissions that calls demanded are kept for as many days. */
const demandsKeptDays = 90;
/** How many days callers are kept. */
const callersKeptDays = 7;

/** The start (UTC) of the first day that is stored by the hour at `now`. */
export function usageHoursFrom(now: Date): Date {
  return daysBefore(now, usageHoursDays);
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - (now.getTime() % dayMs) - days * dayMs);
}

/**
 * Moves old hourly counts into daily counts, and removes old callers, demands and rankings, until none is left or
 * `signal` aborts. Each statement takes a few and is atomic, so it blocks nobody for long, and a
 * crash neither loses nor doubles counts. Several nodes may run this at once: row locks keep each from the rows that
 * another is moving.
 *
 * @throws if the database does not respond
 */
export async function compactUsage(now: Date, signal?: AbortSignal): Promise<void> {
  const from = usageHoursFrom(now);
  const work = [
    () => moveHours("api_key_usage", "organization_id, key_id", "key_id", from),
    () => moveHours("organization_usage", "organization_id", "organization_id", from),
    () => remove("api_key_caller_hours", "hour", daysBefore(now, callersKeptDays)),
    () => remove("api_key_permission_days", "day", daysBefore(now, demandsKeptDays)),
    () => remove("organization_busy_keys", "hour", from),
  ];
  for (const some of work) while (signal?.aborted !== true && (await some()) > 0);
}

/**
 * @param owner the columns that say whose counts they are
 * @param key the one of them that tells them apart
 * @returns how many daily counts it wrote
 */
function moveHours(table: string, owner: string, key: string, before: Date): Promise<number> {
  const [hours, days, whose, id] = [`${table}_hours`, `${table}_days`, owner, key].map(Prisma.raw);
  return database().$executeRaw`
    WITH moved AS (
      DELETE FROM ${hours} h WHERE (h.${id}, h.hour, h.outcome) IN (
        SELECT ${id}, hour, outcome FROM ${hours}
        WHERE hour < ${before}::timestamptz ORDER BY hour LIMIT ${rowsAtOnce} FOR UPDATE SKIP LOCKED
      ) RETURNING ${whose}, (hour AT TIME ZONE 'UTC')::date AS day, outcome, calls
    )
    INSERT INTO ${days} AS d (${whose}, day, outcome, calls)
    SELECT ${whose}, day, outcome, sum(calls) FROM moved GROUP BY ${whose}, day, outcome ORDER BY ${id}, day, outcome
    ON CONFLICT (${id}, day, outcome) DO UPDATE SET calls = d.calls + excluded.calls`;
}

/** @param time a column with the start of an hour or, as a date, of a day */
function remove(table: string, time: string, before: Date): Promise<number> {
  const [rows, start] = [table, time].map(Prisma.raw);
  return database().$executeRaw`
    DELETE FROM ${rows} WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM ${rows} WHERE ${start} < ${before}::timestamptz
      LIMIT ${rowsAtOnce} FOR UPDATE SKIP LOCKED))`;
}
