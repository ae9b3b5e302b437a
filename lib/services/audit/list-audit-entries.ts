import type { AuditAction, AuditTargetType } from "@/lib/core/audit-actions";
import { cutPage } from "@/lib/core/list-cursor";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { AuditEntryModel } from "@/lib/db/generated/models";
import type { KeyContext } from "@/lib/services/access/key-context";
import type { AuditDetails } from "./record-audit-entry";

export type AuditEntryFilters = {
  readonly action?: AuditAction | undefined;
  /** A person, or a key by its id (16 characters, without `key_`). */
  readonly actor?: { readonly userId: string } | { readonly keyId: string } | undefined;
  readonly targetId?: string | undefined;
  /** At or after this moment. */
  readonly from?: Date | undefined;
  /** Before this moment. */
  readonly to?: Date | undefined;
};
type AuditListInput = AuditEntryFilters & {
  readonly limit: number;
  /** The sequence of the last entry on the previous page; null for the first page. */
  readonly after: number | null;
};
/** An entry with its values typed. Only recordAuditEntry and recordInEach write entries. */
export type AuditEntryView = Omit<AuditEntryModel, "action" | "targetType" | "details"> & {
  readonly action: AuditAction;
  readonly targetType: AuditTargetType;
  readonly details: AuditDetails;
};
type AuditList = { readonly rows: readonly AuditEntryView[]; readonly next: AuditEntryView | null };

/**
 * One page of the organization's audit entries, newest first. They are in the chain's order, which has no ties; new
 * entries only appear before the first page.
 */
export async function listAuditEntries(
  { organization, actor }: KeyContext,
  { limit, after, ...filters }: AuditListInput,
): Promise<Result<AuditList>> {
  if (!actor.permissions.includes("audit:read")) {
    return failure("forbidden", "This needs the permission audit:read.");
  }
  // An empty list would suggest that nothing had happened.
  if (actor.namespace.type !== "organization") {
    return failure(
      "forbidden",
      "The audit log belongs to the organization. Read it with a key of the organization.",
    );
  }
  const found = await database().auditEntry.findMany({
    where: {
      organizationId: organization.id,
      ...(after === null ? {} : { sequence: { lt: after } }),
      AND: filtersWhere(filters),
    },
    orderBy: { sequence: "desc" },
    take: limit + 1,
  });
  return success(cutPage(found as AuditEntryView[], limit));
}

function filtersWhere({
  action,
  actor,
  targetId,
  from,
  to,
}: AuditEntryFilters): Prisma.AuditEntryWhereInput[] {
  return [
    ...(action === undefined ? [] : [{ action }]),
    ...(actor === undefined
      ? []
      : ["userId" in actor ? { actorUserId: actor.userId } : { actorKeyId: actor.keyId }]),
    ...(targetId === undefined ? [] : [{ targetId }]),
    ...(from === undefined ? [] : [{ at: { gte: from } }]),
    ...(to === undefined ? [] : [{ at: { lt: to } }]),
  ];
}
