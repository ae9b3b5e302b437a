import { database } from "@/lib/db/client";

export type DatabaseState = {
  /** For every table, its row count and the sum of the transaction ids that wrote the rows. */
  readonly tables: Readonly<Record<string, string>>;
  /** The id of the last transaction that wrote any of the rows. */
  readonly latest: number;
};

let tableNames: readonly string[] | undefined;

/**
 * All tables except those for idempotent requests, which `run-once.db.test.ts` and `repeated-actions.db.test.ts` test.
 */
async function everyTable(): Promise<readonly string[]> {
  if (tableNames !== undefined) return tableNames;
  const rows = await database().$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables
    WHERE schemaname = current_schema() AND tablename <> 'idempotent_requests' ORDER BY 1`;
  tableNames = rows.map(({ name }) => name);
  return tableNames;
}

let latest: { readonly snapshot: string; readonly state: DatabaseState } | undefined;

/**
 * Reads the state of the database. Skips counting if no transaction has ended since the last call, as nothing can have
 * changed.
 */
export async function databaseState(): Promise<DatabaseState> {
  const [now] = await database().$queryRaw<{ snapshot: string }[]>`
    SELECT pg_current_snapshot()::text AS snapshot`;
  if (latest === undefined || latest.snapshot !== now?.snapshot) latest = await countRows();
  return latest.state;
}

async function countRows(): Promise<NonNullable<typeof latest>> {
  const each = (await everyTable()).map(
    (
      name,
    ) => `SELECT '${name}' AS name, count(*) || ' rows by ' || coalesce(sum(xmin::text::bigint), 0) AS sum,
      coalesce(max(xmin::text::bigint), 0) AS latest, pg_current_snapshot()::text AS snapshot FROM ${name}`,
  );
  const rows = await database().$queryRawUnsafe<
    { name: string; sum: string; latest: bigint; snapshot: string }[]
  >(each.join(" UNION ALL "));
  return {
    snapshot: rows[0]?.snapshot ?? "",
    state: {
      tables: Object.fromEntries(rows.map(({ name, sum }) => [name, sum])),
      latest: Math.max(...rows.map(({ latest }) => Number(latest))),
    },
  };
}

/**
 * The tables with rows written or deleted between the two states. Each row has the id of the transaction that wrote it
 * (`xmin`), and ids only grow: a replaced row raises the sum even if the count stays equal.
 */
export function changedTables(before: DatabaseState, after: DatabaseState): string[] {
  return Object.keys(after.tables).filter((table) => after.tables[table] !== before.tables[table]);
}

/**
 * Tables written after the commit: a receipt is signed once the nodes have acknowledged the revocation, and the first
 * one creates the signing key.
 */
const afterCommit = ["revocation_receipts", "signing_keys"];

/** The number of transactions that wrote the new rows, and of new audit entries. */
export async function writtenSince({ latest }: DatabaseState) {
  const each = (await everyTable())
    .filter((name) => !afterCommit.includes(name))
    .map((name) => `SELECT xmin::text AS id FROM ${name} WHERE xmin::text::bigint > ${latest}`);
  const transactions = await database().$queryRawUnsafe<{ id: string }[]>(each.join(" UNION "));
  const entries = await database().$queryRawUnsafe<{ organizationId: string; actorUserId: string | null }[]>(
    `SELECT organization_id::text AS "organizationId", actor_user_id::text AS "actorUserId"
     FROM audit_entries WHERE xmin::text::bigint > ${latest}`,
  );
  return { transactions: transactions.length, entries };
}
