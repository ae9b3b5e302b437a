import { keptSince } from "@/lib/core/audit/audit-retention";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { refuseAuditReader } from "../refuse-audit-reader";
import { readAuditCut } from "./read-audit-cut";

export type RetentionPreview = {
  /** How many entries would be removed. Counting stops at a maximum. */
  readonly entries: number;
  readonly isMore: boolean;
  /** The time from which entries are kept. */
  readonly keptSince: Date;
};

const most = 100_000;

/** What a retention of this many days would remove, for actors who may read the log. */
export async function previewAuditRetention(
  context: MemberContext,
  { days }: { readonly days: number },
): Promise<Result<RetentionPreview>> {
  const refusal = refuseAuditReader(context);
  if (refusal !== null) return refusal;
  const organizationId = context.organization.id;
  const since = keptSince(days, context.origin.at);
  const cut = await readAuditCut(organizationId);
  const entries = await database().auditEntry.count({
    where: { organizationId, at: { lt: since }, sequence: { gt: cut?.through ?? 0 } },
    take: most + 1,
  });
  return success({ entries: Math.min(entries, most), isMore: entries > most, keptSince: since });
}
