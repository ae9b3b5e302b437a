import { levelHolds } from "@/lib/core/access/permission";
import { callChangingActions } from "@/lib/core/audit-actions";
import { explainingEvent } from "@/lib/core/keys/usage/explaining-event";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import type { CallSeries, PinnedEvent } from "./overview-view";

/** How many of the newest entries of each action are considered. */
const mostOfAction = 50;

/** The audit entry that explains the largest jump in the chart, for people who may read the audit log. */
export async function readPinnedEvent(
  { organization, level }: Pick<MemberContext, "organization" | "level">,
  calls: CallSeries,
): Promise<PinnedEvent | null> {
  if (!levelHolds(level, "audit:read", organization.keyCreators)) return null;
  const events = await database().$queryRaw<Omit<PinnedEvent, "more">[]>`
    SELECT e.at, e.actor_name AS "actorName", e.action, e.target_name AS "targetName"
    FROM unnest(${[...callChangingActions]}::text[]) AS asked (action) CROSS JOIN LATERAL (
      SELECT at, actor_name, action, target_name, sequence FROM audit_entries
      WHERE organization_id = ${organization.id}::uuid AND action = asked.action
      ORDER BY sequence DESC LIMIT ${mostOfAction}
    ) e
    WHERE e.at >= ${calls.start}::timestamptz ORDER BY e.sequence DESC`;
  const pinned = explainingEvent(calls, events);
  if (pinned === null) return null;
  const periodOf = ({ at }: { readonly at: Date }) =>
    Math.floor((at.getTime() - calls.start.getTime()) / (calls.hoursEach * 3_600_000));
  const alike = events.filter(
    ({ at, actorName, action }) =>
      actorName === pinned.actorName && action === pinned.action && periodOf({ at }) === periodOf(pinned),
  );
  return { ...pinned, more: alike.length - 1 };
}
