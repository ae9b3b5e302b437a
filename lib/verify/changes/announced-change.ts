import type { VerdictChange } from "./read-changes";

/** Everything that one transaction changed, with its number. */
export type AnnouncedChange = { readonly sequence: bigint; readonly changes: readonly VerdictChange[] };

type Row = readonly [organizationId: string, keyId: string | null, userId: string | null];

const announcement = /^(\d{1,19}) (\[.*\])$/s;

/**
 * Parses a notification from `seal_verdict_changes`: the number and, unless there are too many, the changes.
 *
 * @returns null if the payload does not contain the changes; they must be read from the database then
 */
export function parseAnnouncement(payload: string | null): AnnouncedChange | null {
  const [, sequence, changes] = announcement.exec(payload ?? "") ?? [];
  if (sequence === undefined || changes === undefined) return null;
  try {
    return {
      sequence: BigInt(sequence),
      changes: (JSON.parse(changes) as Row[]).map(([organizationId, keyId, userId]) => ({
        organizationId,
        keyId,
        userId,
      })),
    };
  } catch {
    // Anybody with a database client can send anything on the channel.
    return null;
  }
}
