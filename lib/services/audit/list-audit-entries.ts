import type { AuditAction, AuditTargetType } from "@/lib/core/audit-actions";
import { cutPage } from "@/lib/core/list-cursor";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { AuditEntryModel } from "@/lib/db/generated/models";
import type { ActingContext } from "@/lib/services/access/key-context";
import type { AuditEntryFilters } from "./filter/audit-filters";
import { sequencesSql } from "./filter/audit-filters-sql";
import type { AuditDetails } from "./record-audit-entry";
import { refuseAuditReader } from "./refuse-audit-reader";

type AuditListInput = AuditEntryFilters & {
  readonly limit: number;
  /** The sequence number of the last entry on the previous page; null for the first page. */
  readonly after: number | null;
};
/** An entry with typed values. Only recordAuditEntry and recordInEach write entries. */
export type AuditEntryView = Omit<AuditEntryModel, "action" | "targetType" | "details"> & {
  readonly action: AuditAction;
  readonly targetType: AuditTargetType;
  readonly details: AuditDetails;
};
type AuditList = { readonly rows: readonly AuditEntryView[]; readonly next: AuditEntryView | null };

/**
 * One page of the organization's audit entries, newest first, in the chain's order. It has no ties, and new entries
 * only appear before the first page.
 */
export async function listAuditEntries(
  context: ActingContext,
  { limit, after, ...filters }: AuditListInput,
): Promise<Result<AuditList>> {
  const refusal = refuseAuditReader(context);
  if (refusal !== null) return refusal;
  const organizationId = context.organization.id;
  const sequences = await database().$queryRaw<{ sequence: number }[]>(
    sequencesSql(organizationId, filters, after, limit + 1),
  );
  const found = await database().auditEntry.findMany({
    where: { organizationId, sequence: { in: sequences.map(({ sequence }) => sequence) } },
    orderBy: { sequence: "desc" },
  });
  return success(cutPage(found as AuditEntryView[], limit));
}

/** Selects people by part of their name or email. */
export function peopleWith(text: string): Prisma.UserWhereInput {
  const contains = { contains: text, mode: "insensitive" } as const;
  return { OR: [{ name: contains }, { email: contains }] };
}
