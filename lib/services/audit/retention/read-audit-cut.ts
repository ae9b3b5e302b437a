import type { RetentionSetting } from "@/lib/core/audit/audit-retention";
import type { AuditAction } from "@/lib/core/audit-actions";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { cutDetails, retentionDetails } from "@/lib/schemas/audit/audit-cut";

/** Of the entry that says how much of a chain's beginning is no longer kept. */
export const cutAction = "organization.audit_cut" satisfies AuditAction;

const settingAction = "organization.updated" satisfies AuditAction;

/** Where a chain begins now. */
export type AuditCut = {
  /** The last entry that is no longer kept. */
  readonly through: number;
  /** That entry's hash, which the next entry's hash covers. */
  readonly hash: Uint8Array;
  readonly at: Date;
};

/** How long the log is kept, as an entry tells it: a change of the setting, or a cut by it. Null of any other entry. */
export function retentionOf({
  action,
  details,
  at,
}: {
  readonly action: string;
  readonly details: unknown;
  readonly at: Date;
}): RetentionSetting | null {
  if (action !== settingAction && action !== cutAction) return null;
  const told = retentionDetails.safeParse(details);
  return told.success
    ? { days: told.data.auditRetentionDays, since: action === cutAction ? null : at }
    : null;
}

/**
 * The newest cut of an organization's chain, as its entry tells it; null if the chain has all its entries. The entry is one
 * of the chain: whoever checks the chain from here on checks what it says too.
 */
export async function readAuditCut(
  organizationId: string,
  from: Transaction = database(),
): Promise<AuditCut | null> {
  const entry = await from.auditEntry.findFirst({
    where: { organizationId, action: cutAction },
    orderBy: { sequence: "desc" },
    select: { details: true, at: true, sequence: true },
  });
  const details = cutDetails.safeParse(entry?.details);
  if (entry === null || !details.success || details.data.through >= entry.sequence) return null;
  const { through, hash } = details.data;
  return { through, hash: Buffer.from(hash, "hex"), at: entry.at };
}
