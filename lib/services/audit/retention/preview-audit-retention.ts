import { keptSince, retentionFrom } from "@/lib/core/audit/audit-retention";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { refuseAuditReader } from "../refuse-audit-reader";
import { readAuditCut } from "./read-audit-cut";

export type RetentionPreview = OldEntries & {
  /** The time from which entries are kept when the change takes effect. */
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
  const since = keptSince(days, retentionFrom(context.origin.at));
  return success({
    ...(await countOldEntries(database(), context.organization.id, since)),
    keptSince: since,
  });
}

export type OldEntries = {
  /** How many entries would be removed. Counting stops at a maximum. */
  readonly entries: number;
  readonly isMore: boolean;
};

export async function countOldEntries(
  transaction: Transaction,
  organizationId: string,
  since: Date,
): Promise<OldEntries> {
  const cut = await readAuditCut(organizationId, transaction);
  const entries = await transaction.auditEntry.count({
    where: { organizationId, at: { lt: since }, sequence: { gt: cut?.through ?? 0 } },
    take: most + 1,
  });
  return { entries: Math.min(entries, most), isMore: entries > most };
}
