import type { VerdictChange } from "./read-changes";

/** All that one transaction changed, under its number. */
export type ToldChange = { readonly sequence: bigint; readonly changes: readonly VerdictChange[] };

type Row = readonly [organizationId: string, keyId: string | null, userId: string | null];

const form = /^(\d{1,19}) (\[.*\])$/s;

/**
 * What a notification says, as `seal_verdict_changes` writes it: the number, and most often all that changed.
 *
 * @returns null when it does not say all; then it is to be read
 */
export function toldChange(said: string | null): ToldChange | null {
  const [, sequence, changes] = form.exec(said ?? "") ?? [];
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
    // Anybody with a database client can say anything on the channel.
    return null;
  }
}
