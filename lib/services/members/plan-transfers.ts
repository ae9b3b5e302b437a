import { planReceivers } from "@/lib/core/keys/impact/key-plan";
import { keyUse } from "@/lib/core/keys/impact/key-use";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { KeyPlanInput, KeyTransfers } from "@/lib/schemas/member";
import type { ActingContext } from "@/lib/services/access/key-context";
import { seenOf } from "@/lib/services/keys/impact/keys-impact";
import { readKeyConsequences } from "./read-key-consequences";

type Asked = {
  readonly userId: string;
  readonly transfers: KeyTransfers;
  readonly keys?: KeyPlanInput | undefined;
};

/** Everybody who would receive keys. Their memberships must be locked first. */
export function namedReceivers({ transfers, keys }: Asked): readonly string[] {
  const planned = keys === undefined ? [] : [keys.toUserId, ...keys.except.map((each) => each.toUserId)];
  return [...new Set([...transfers.map((each) => each.toUserId), ...planned.filter((id) => id !== null)])];
}

export type PlannedTransfers = {
  readonly transfers: KeyTransfers;
  /** Refuses if a key that was idle is in use now. Takes the member's keys, which are locked already. */
  readonly refuseOthers: (
    locked: readonly { readonly id: string; readonly lastUsedAt: Date | null }[],
  ) => Failure | null;
};

/**
 * Turns a rule with its exceptions into transfers of single keys. The memberships are locked already. Refuses if the
 * member's keys are no longer those that the dialog showed.
 */
export async function planTransfers(
  transaction: Transaction,
  context: ActingContext,
  { userId, transfers, keys: plan }: Asked,
  change: Parameters<typeof readKeyConsequences>[2],
): Promise<Result<PlannedTransfers>> {
  if (plan === undefined) return success({ transfers, refuseOthers: () => null });
  const found = await readKeyConsequences(context, userId, change, transaction);
  if (found === null) return keysChanged;
  const now = context.origin.at;
  const affected = await transaction.$queryRaw<{ id: string; lastUsedAt: Date | null; alike: string }[]>`
    SELECT id, last_used_at AS "lastUsedAt", alike FROM (${found.keys}) affected`;
  const keys = affected.map(({ id, lastUsedAt, alike }) => ({
    id,
    use: keyUse(lastUsedAt, now),
    receivers: found.groups.get(alike)?.receivers ?? [],
  }));
  const receiverOf = planReceivers(plan);
  const planned = keys.flatMap((key) => {
    const toUserId = receiverOf(key);
    return toUserId === null ? [] : [{ keyId: key.id, toUserId }];
  });
  const shown = seenOf(keys) === plan.seen && keys.length - planned.length === plan.stay;
  if (!shown) return keysChanged;
  const known = new Map(keys.map((key) => [key.id, key.use === "idle"]));
  return success({
    transfers: planned,
    refuseOthers: (locked) => {
      const same = locked.every(({ id, lastUsedAt }) => {
        const idle = known.get(id);
        return idle === undefined || idle === (keyUse(lastUsedAt, now) === "idle");
      });
      return same ? null : keysChanged;
    },
  });
}

const keysChanged = failure(
  "conflict",
  "Their keys changed while this dialog was open. It shows them as they are now: look again, then confirm.",
);
