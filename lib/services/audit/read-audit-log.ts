import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { AuditLogQuery } from "@/lib/schemas/audit/audit-log-address";
import type { MemberContext, OrganizationId } from "@/lib/services/access/context";
import { checkShownEntries } from "./check-shown-entries";
import type { AuditEntryFilters, AuditEntryView } from "./list-audit-entries";
import { listAuditEntries, peopleWith } from "./list-audit-entries";
import { namesInDetails } from "./names-in-details";
import { readAuditCut } from "./retention/read-audit-cut";

/** An entry as its page shows it. */
export type AuditLogEntry = Omit<AuditEntryView, "organizationId" | "hash" | "pepperVersion" | "id"> & {
  /** In hexadecimal. */
  readonly hash: string;
};

export type AuditLogPage = {
  /** Newest first. */
  readonly entries: readonly AuditLogEntry[];
  /** Where the next page begins; null after the last one. */
  readonly after: number | null;
  /** The names of people that the entries name by id. */
  readonly names: Readonly<Record<string, string>>;
  /** What is wrong with these entries in the chain. */
  readonly faults: readonly string[];
  /** What was removed, of a log that is not kept for good; null as long as all entries are there. */
  readonly cut: { readonly through: number; readonly at: Date } | null;
};

const pageSize = 50;

/** One page of the audit log for owners and admins, who alone may read it. */
export async function readAuditLog(
  context: MemberContext,
  { after, ...query }: AuditLogQuery,
): Promise<Result<AuditLogPage>> {
  const filters = await resolveAuditFilters(context.organization.id, query);
  const listed = await listAuditEntries(context, { ...filters, after, limit: pageSize });
  if (!listed.ok) return listed;
  const { rows, next } = listed.value;
  const names = await namesInDetails(
    context.organization.id,
    rows.map(({ details }) => details),
    rows.map(({ onBehalfOfId }) => onBehalfOfId),
  );
  const faults = await checkShownEntries(context.organization.id, rows);
  const entries = rows.map(({ id: _, organizationId, pepperVersion, hash, ...entry }) => ({
    ...entry,
    hash: Buffer.from(hash).toString("hex"),
  }));
  const found = await readAuditCut(context.organization.id);
  const cut = found === null ? null : { through: found.through, at: found.at };
  return success({ entries, after: next?.sequence ?? null, names, faults, cut });
}

/** More are not listed by their ids, which only makes the search quicker. */
const mostPeople = 50;

/** What the address asks for, with the people whose name or email has its text. */
export async function resolveAuditFilters(
  organizationId: OrganizationId,
  { actor, action, target, address, from, to }: Omit<AuditLogQuery, "after">,
): Promise<AuditEntryFilters> {
  const filters = { actions: action, targetId: target, address, from, to };
  if (actor === undefined || !("text" in actor)) return { ...filters, actor };
  const { text = "" } = actor;
  const people = await database().user.findMany({
    where: {
      AND: [
        peopleWith(text),
        { OR: [{ members: { some: { organizationId } } }, { auditEntries: { some: { organizationId } } }] },
      ],
    },
    select: { id: true },
    take: mostPeople + 1,
  });
  const userIds = people.map(({ id }) => id);
  return { ...filters, actor: userIds.length > mostPeople ? { text } : { userIds } };
}
