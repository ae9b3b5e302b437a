import { endsEarlier, keptSince, pendingSince, retentionFrom } from "@/lib/core/audit/audit-retention";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { refuseAuditReader } from "../refuse-audit-reader";
import { countOldEntries, type RetentionPreview } from "./preview-audit-retention";

export type PendingCut = RetentionPreview & { readonly from: Date };

/**
 * What a shorter retention will remove once it takes effect, for whoever may read the log. Null if no change is pending,
 * or the newest one keeps entries for as long as the setting in effect, or longer.
 */
export async function readPendingCut(context: MemberContext): Promise<Result<PendingCut | null>> {
  const refusal = refuseAuditReader(context);
  if (refusal !== null) return refusal;
  const { organization, origin } = context;
  const pending = await database().$queryRaw<{ at: Date; days: number | null; before: number | null }[]>`
    SELECT at, (details ->> 'auditRetentionDays')::int AS days, (details ->> 'auditRetentionDaysBefore')::int AS before
    FROM audit_entries WHERE organization_id = ${organization.id}::uuid AND action = 'organization.updated'
      AND jsonb_exists(details, 'auditRetentionDays') AND at > ${pendingSince(origin.at)}::timestamptz
    ORDER BY sequence`;
  const change = pending.at(-1);
  // What the first pending change replaced is what is in effect.
  const inEffect = pending[0]?.before ?? null;
  if (change === undefined || change.days === null || !endsEarlier(inEffect, change.days))
    return success(null);
  const from = retentionFrom(change.at);
  const since = keptSince(change.days, from);
  return success({ from, keptSince: since, ...(await countOldEntries(database(), organization.id, since)) });
}
