import type { RetentionSetting } from "@/lib/core/audit/audit-retention";
import type { AuditAction } from "@/lib/core/audit-actions";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { cutDetails, retentionDetails } from "@/lib/schemas/audit/audit-cut";

/** The action of entries that record a cut of the chain's start. */
export const cutAction = "organization.audit_cut" satisfies AuditAction;

const settingAction = "organization.updated" satisfies AuditAction;

/** Where a chain starts after a cut. */
export type AuditCut = {
  /** The number of the last removed entry. */
  readonly through: number;
  /** The last removed entry's hash, which the next entry's hash covers. */
  readonly hash: Uint8Array;
  readonly at: Date;
};

/** The retention that an entry records: a change of the setting, or a cut. Null for any other entry. */
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
 * The newest cut of an organization's chain, from the entry that records it; null if nothing was cut. That entry is
 * part of the chain, so checking the chain from there also checks the cut.
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
