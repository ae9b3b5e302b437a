import { bulkMaximum } from "@/lib/core/keys/bulk/bulk-change";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import type { SelectedCallsInput } from "@/lib/schemas/bulk/bulk-keys";
import type { MemberContext } from "@/lib/services/access/context";
import { seeSelectedKeys } from "./see-selected-keys";

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The accepted calls of the last 24 hours with all selected keys together; null if there are too many keys to count.
 */
export async function readSelectedCalls(
  context: MemberContext,
  { selection }: SelectedCallsInput,
): Promise<Result<{ readonly calls: number | null }>> {
  const condition = await seeSelectedKeys(context, selection);
  if (!condition.ok) return condition;
  const keys = await database().$queryRaw<{ id: string }[]>`
    SELECT k.id FROM api_keys k WHERE ${condition.value} LIMIT ${bulkMaximum + 1}`;
  if (keys.length > bulkMaximum) return success({ calls: null });
  const ids = keys.map(({ id }) => id);
  const calls = await readCalls(database(), context.organization.id, ids, context.origin.at);
  return success({ calls: [...calls.values()].reduce((sum, each) => sum + each, 0) });
}

/**
 * The accepted calls with each of these keys, which would fail if it ended. Calls are stored per hour, so this sums the
 * current hour and the 23 before it, as for the impact of a single key.
 */
export async function readCalls(
  transaction: Transaction,
  organizationId: string,
  keyIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  if (keyIds.length === 0) return new Map();
  const rows = await transaction.$queryRaw<{ id: string; calls: number }[]>`
    SELECT key_id AS id, sum(calls)::float8 AS calls FROM api_key_usage_hours
    WHERE organization_id = ${organizationId}::uuid AND key_id = ANY(${[...keyIds]}) AND outcome = 'VALID'
      AND hour > ${new Date(now.getTime() - dayMs)}::timestamptz
    GROUP BY key_id`;
  return new Map(rows.map(({ id, calls }) => [id, calls]));
}
