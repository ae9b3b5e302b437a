import { runPrepared } from "@/lib/db/client";

/** Whose verdicts may have changed: one key's, those of all keys a user created, or a whole organization's. */
export type VerdictChange = {
  readonly organizationId: string;
  /** 16 characters, without `key_`. */
  readonly keyId: string | null;
  /** If `keyId` is null: the keys that this user created. If both are null: all keys of the organization. */
  readonly userId: string | null;
};

/** `everything`: some changes are not known, so nothing that was derived before may be used. */
export type VerdictChanges = readonly VerdictChange[] | "everything";

/** The number of the newest change, and what has changed up to it. */
export type ReadChanges = { readonly head: bigint; readonly changes: VerdictChanges };

/** With more changes than this, dropping the whole cache is less work. */
const maximum = 10_000;

/**
 * The changes after this number. One statement sees one snapshot, and numbers follow commit order, so a reader of the
 * head also sees every row up to it.
 *
 * @param applied null to learn where to start
 * @returns `everything` if rows are missing, or if there are too many
 */
export async function readChanges(applied: bigint | null): Promise<ReadChanges> {
  type Nothing = { readonly [column in keyof VerdictChange]: null };
  type Row = { readonly head: string; readonly oldest: string | null } & (VerdictChange | Nothing);
  const rows = await runPrepared<Row>({
    name: "latchkey_read_changes",
    text: `SELECT h.sequence::text AS head, (SELECT min(sequence) FROM verdict_changes)::text AS oldest,
        c.organization_id::text AS "organizationId", c.key_id AS "keyId", c.user_id::text AS "userId"
      FROM verdict_change_head h LEFT JOIN LATERAL (
        SELECT DISTINCT organization_id, key_id, user_id FROM verdict_changes
        WHERE sequence > $1::bigint LIMIT ${maximum + 1}) c ON true`,
    values: [applied === null ? "9223372036854775807" : String(applied)],
  });
  const [first] = rows;
  if (first === undefined) throw new Error("The head of the verdict changes is missing");
  const head = BigInt(first.head);
  const isWhole =
    applied !== null &&
    rows.length <= maximum &&
    // A database that was restored, or a replica that took over, may have lost the last numbers.
    head >= applied &&
    (head === applied || (first.oldest !== null && BigInt(first.oldest) <= applied + 1n));
  if (!isWhole) return { head, changes: "everything" };
  return { head, changes: rows.filter((row) => row.organizationId !== null) };
}

const announcement = /^(\d{1,19}) (\[.*\])$/s;

/**
 * Parses a notification from `seal_verdict_changes`: the number of one transaction and, unless there are too many, the
 * changes.
 *
 * @returns null if the payload does not contain the changes; they must be read from the database then
 */
export function parseAnnouncement(payload: string | null): ReadChanges | null {
  type Row = readonly [organizationId: string, keyId: string | null, userId: string | null];
  const [, head, changes] = announcement.exec(payload ?? "") ?? [];
  if (head === undefined || changes === undefined) return null;
  try {
    const rows: readonly Row[] = JSON.parse(changes);
    return {
      head: BigInt(head),
      changes: rows.map(([organizationId, keyId, userId]) => ({ organizationId, keyId, userId })),
    };
  } catch {
    // Anybody with a database client can send anything on the channel.
    return null;
  }
}
