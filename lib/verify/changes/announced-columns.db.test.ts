import { expect, test } from "vitest";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";

provideTestDatabase();

/**
 * The columns that do not affect a verdict, by table. A new column fails this test until this list or the table's
 * trigger names it, because nodes do not learn of changes to other columns.
 */
const irrelevant: Readonly<Record<string, readonly string[]>> = {
  api_key_roles: [],
  api_key_secrets: [
    ...["id", "organization_id", "key_type", "version", "created_at"],
    // The hash decides, not the public token in plain text.
    "public_token",
    // Whether a token was imported never changes.
    "imported",
    ...["last_used_at", "was_refused"],
    // When a job ends the grace; only the end that the job then sets counts.
    ...["silent_hours", "use_told_at", "rolled_with_id"],
  ],
  api_keys: [
    ...["id", "organization_id", "version", "secret_version", "description", "labels"],
    ...["imported", "created_at", "created_by_key_id", "created_by_family_id", "live_creator_id"],
    // Details of a pause or a revocation, which paused_at and revoked_at indicate.
    ...["paused_by_id", "revocation_reason", "revoked_by_id"],
    // They change every second.
    ...["last_used_at", "last_used_address", "last_used_client"],
    // Only shows people which keys could be narrowed.
    "over_privileged",
  ],
  follow_ups: [],
  grants: [],
  members: [],
  organizations: [
    ...["id", "name", "slug", "created_at", "token_prefix", "require_expiry"],
    ...["audit_retention_days", "pause_leaked_keys"],
  ],
  roles: [],
};

type Table = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly announced: readonly string[];
};

/** The tables with announcing triggers, with all their columns and those whose update fires the trigger. */
function announcingTables(): Promise<Table[]> {
  return database().$queryRaw<Table[]>`
    SELECT c.relname::text AS name,
      array_agg(DISTINCT a.attname::text ORDER BY a.attname::text) AS columns,
      -- A trigger that names no columns fires for each of them. 16: it fires on UPDATE.
      coalesce(array_agg(DISTINCT a.attname::text ORDER BY a.attname::text) FILTER (WHERE t.tgtype & 16 <> 0
        AND (cardinality(t.tgattr::int2[]) = 0 OR a.attnum = ANY (t.tgattr::int2[]))), '{}') AS announced
    FROM pg_trigger t
    JOIN pg_proc p ON p.oid = t.tgfoid AND p.prosrc LIKE '%announce_verdict_change(%'
    JOIN pg_class c ON c.oid = t.tgrelid AND c.relnamespace = current_schema()::regnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE t.tgenabled <> 'D'
    GROUP BY c.relname`;
}

test("[L1] each column behind a verdict is announced, or known not to affect one", async () => {
  const silent = (await announcingTables()).map(
    ({ name, columns, announced }) =>
      [name, columns.filter((column) => !announced.includes(column))] as const,
  );
  const decided = Object.entries(irrelevant).map(([name, columns]) => [name, [...columns].sort()]);
  expect(Object.fromEntries(silent)).toEqual(Object.fromEntries(decided));
});
