import { database } from "@/lib/db/client";

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
 * Moves old hourly counts into daily counts, and removes old callers and demands, until none is left or `signal`
 * aborts. Each statement takes a few and is atomic, so it blocks nobody for long, and a crash neither loses nor doubles
 * counts. Several nodes may run this at once: row locks keep each from the rows that another is moving.
 *
 * @throws if the database does not respond
 */
export async function compactUsage(now: Date, signal?: AbortSignal): Promise<void> {
  const from = usageHoursFrom(now);
  const work = [
    () => moveHours(from),
    () => moveOrganizationHours(from),
    () => removeCallers(daysBefore(now, callersKeptDays)),
    () => removeDemands(daysBefore(now, demandsKeptDays)),
    () => removeBusyKeys(from),
  ];
  for (const some of work) while (signal?.aborted !== true && (await some()) > 0);
}

/** @returns how many daily counts it wrote */
function moveHours(before: Date): Promise<number> {
  return database().$executeRaw`
    WITH moved AS (
      DELETE FROM api_key_usage_hours h WHERE (h.key_id, h.hour, h.outcome) IN (
        SELECT key_id, hour, outcome FROM api_key_usage_hours
        WHERE hour < ${before}::timestamptz ORDER BY hour LIMIT ${rowsAtOnce} FOR UPDATE SKIP LOCKED
      ) RETURNING organization_id, key_id, (hour AT TIME ZONE 'UTC')::date AS day, outcome, calls
    )
    INSERT INTO api_key_usage_days AS d (organization_id, key_id, day, outcome, calls)
    SELECT organization_id, key_id, day, outcome, sum(calls) FROM moved
    GROUP BY organization_id, key_id, day, outcome ORDER BY key_id, day, outcome
    ON CONFLICT (key_id, day, outcome) DO UPDATE SET calls = d.calls + excluded.calls`;
}

function moveOrganizationHours(before: Date): Promise<number> {
  return database().$executeRaw`
    WITH moved AS (
      DELETE FROM organization_usage_hours h WHERE (h.organization_id, h.hour, h.outcome) IN (
        SELECT organization_id, hour, outcome FROM organization_usage_hours
        WHERE hour < ${before}::timestamptz ORDER BY hour LIMIT ${rowsAtOnce} FOR UPDATE SKIP LOCKED
      ) RETURNING organization_id, (hour AT TIME ZONE 'UTC')::date AS day, outcome, calls
    )
    INSERT INTO organization_usage_days AS d (organization_id, day, outcome, calls)
    SELECT organization_id, day, outcome, sum(calls) FROM moved
    GROUP BY organization_id, day, outcome ORDER BY organization_id, day, outcome
    ON CONFLICT (organization_id, day, outcome) DO UPDATE SET calls = d.calls + excluded.calls`;
}

function removeCallers(before: Date): Promise<number> {
  return database().$executeRaw`
    DELETE FROM api_key_caller_hours WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM api_key_caller_hours WHERE hour < ${before}::timestamptz
      LIMIT ${rowsAtOnce} FOR UPDATE SKIP LOCKED))`;
}

function removeDemands(before: Date): Promise<number> {
  return database().$executeRaw`
    DELETE FROM api_key_permission_days WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM api_key_permission_days WHERE day < (${before}::timestamptz AT TIME ZONE 'UTC')::date
      LIMIT ${rowsAtOnce} FOR UPDATE SKIP LOCKED))`;
}

function removeBusyKeys(before: Date): Promise<number> {
  return database().$executeRaw`
    DELETE FROM organization_busy_keys WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM organization_busy_keys WHERE hour < ${before}::timestamptz
      LIMIT ${rowsAtOnce} FOR UPDATE SKIP LOCKED))`;
}
