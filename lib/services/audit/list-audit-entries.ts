import type { AuditAction, AuditTargetType } from "@/lib/core/audit-actions";
import { cutPage } from "@/lib/core/list-cursor";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { AuditEntryModel } from "@/lib/db/generated/models";
import type { ActingContext } from "@/lib/services/access/key-context";
import type { AuditDetails } from "./record-audit-entry";
import { refuseAuditReader } from "./refuse-audit-reader";

export type AuditEntryFilters = {
  /** Any of these. */
  readonly actions?: readonly AuditAction[] | undefined;
  /** Any of these people, those with this text in name or email, or a key by its id (16 characters, without `key_`). */
  readonly actor?:
    | { readonly userIds: readonly string[] }
    | { readonly text: string }
    | { readonly keyId: string }
    | undefined;
  readonly targetId?: string | undefined;
  /** As the entries have it. */
  readonly address?: string | undefined;
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
  context: ActingContext,
  { limit, after, ...filters }: AuditListInput,
): Promise<Result<AuditList>> {
  const refusal = refuseAuditReader(context);
  if (refusal !== null) return refusal;
  const found = await database().auditEntry.findMany({
    where: {
      organizationId: context.organization.id,
      ...(after === null ? {} : { sequence: { lt: after } }),
      AND: filtersWhere(filters),
    },
    orderBy: { sequence: "desc" },
    take: limit + 1,
  });
  return success(cutPage(found as AuditEntryView[], limit));
}

function filtersWhere(filters: AuditEntryFilters): Prisma.AuditEntryWhereInput[] {
  const { actions, actor, targetId, address, from, to } = filters;
  return [
    ...(actions === undefined ? [] : [{ action: anyOf(actions) }]),
    ...(actor === undefined ? [] : [actorWhere(actor)]),
    ...(targetId === undefined ? [] : [{ targetId }]),
    ...(address === undefined ? [] : [{ address }]),
    ...(from === undefined ? [] : [{ at: { gte: from } }]),
    ...(to === undefined ? [] : [{ at: { lt: to } }]),
  ];
}

function actorWhere(actor: NonNullable<AuditEntryFilters["actor"]>): Prisma.AuditEntryWhereInput {
  if ("userIds" in actor) return { actorUserId: anyOf(actor.userIds) };
  return "text" in actor ? { actorUser: { is: peopleWith(actor.text) } } : { actorKeyId: actor.keyId };
}

/** People by a part of their name or email. */
export function peopleWith(text: string): Prisma.UserWhereInput {
  const contains = { contains: text, mode: "insensitive" } as const;
  return { OR: [{ name: contains }, { email: contains }] };
}

/** One value is compared and not looked up in a list, so that an index gives the entries in their order. */
function anyOf<T>(values: readonly T[]): T | { in: T[] } {
  const [first, ...others] = values;
  return first !== undefined && others.length === 0 ? first : { in: [...values] };
}
