import { uuidPattern } from "@/lib/core/keys/filter/read-filter-value";
import { formatKeyId } from "@/lib/core/keys/key-id";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { AuditLogQuery } from "@/lib/schemas/audit/audit-log-address";
import type { MemberContext, OrganizationId } from "@/lib/services/access/context";
import { checkShownEntries } from "./check-shown-entries";
import type { AuditEntryFilters } from "./filter/audit-filters";
import { findAuditObjects } from "./filter/find-audit-objects";
import type { AuditEntryView } from "./list-audit-entries";
import { listAuditEntries, peopleWith } from "./list-audit-entries";
import { namesInDetails } from "./names-in-details";
import { refuseAuditReader } from "./refuse-audit-reader";
import { readAuditCut } from "./retention/read-audit-cut";

/** An entry as the page shows it. */
export type AuditLogEntry = Omit<AuditEntryView, "organizationId" | "hash" | "pepperVersion" | "id"> & {
  /** In hexadecimal. */
  readonly hash: string;
};

export type AuditLogPage = {
  /** Newest first. */
  readonly entries: readonly AuditLogEntry[];
  /** Where the next page starts; null after the last one. */
  readonly after: number | null;
  /** The names of people whom the entries name by id, and of objects that the filters name by id. */
  readonly names: Readonly<Record<string, string>>;
  /** Faults of these entries in the chain. */
  readonly faults: readonly string[];
  /** The entries removed by the log's retention; null if none were removed. */
  readonly cut: { readonly through: number; readonly at: Date } | null;
};

const pageSize = 50;

/** One page of the audit log. Only owners and admins may read it. */
export async function readAuditLog(
  context: MemberContext,
  { after, ...query }: AuditLogQuery,
): Promise<Result<AuditLogPage>> {
  // Refuse first, since looking up the filters already reads the log.
  const refused = refuseAuditReader(context);
  if (refused !== null) return refused;
  const filters = await resolveAuditFilters(context.organization.id, query);
  const listed = await listAuditEntries(context, { ...filters, after, limit: pageSize });
  if (!listed.ok) return listed;
  const { rows, next } = listed.value;
  const people = await namesInDetails(
    context.organization.id,
    rows.map(({ details }) => details),
    rows.map(({ onBehalfOfId }) => onBehalfOfId),
  );
  const names = { ...people, ...nameOfTarget(query, rows) };
  const faults = await checkShownEntries(context.organization.id, rows);
  const entries = rows.map(({ id: _, organizationId, pepperVersion, hash, ...entry }) => ({
    ...entry,
    hash: Buffer.from(hash).toString("hex"),
  }));
  const found = await readAuditCut(context.organization.id);
  const cut = found === null ? null : { through: found.through, at: found.at };
  return success({ entries, after: next?.sequence ?? null, names, faults, cut });
}

function nameOfTarget({ target }: Omit<AuditLogQuery, "after">, rows: readonly AuditEntryView[]) {
  const [row] = rows;
  if (target?.id === undefined || row?.targetId !== target.id) return {};
  return { [row.targetType === "key" ? formatKeyId(target.id) : target.id]: row.targetName };
}

/** With more people, the filter searches by text instead of by ids, which is slower. */
const mostPeople = 50;

/** Resolves the filters of the page's URL to the people and objects whose names match. */
export async function resolveAuditFilters(
  organizationId: OrganizationId,
  query: Omit<AuditLogQuery, "after">,
): Promise<AuditEntryFilters> {
  const { actor, action, target, search, address, from, to } = query;
  const [by, about, found] = await Promise.all([
    actor === undefined || !("text" in actor) ? actor : peopleBy(organizationId, actor.text ?? ""),
    // A complete name excludes all others.
    target === undefined ? undefined : objectsOf(organizationId, target, true),
    search === undefined ? undefined : subjectsOf(organizationId, search),
  ]);
  return { actions: action, actor: by, target: about, search: found, address, from, to };
}

type ObjectText = NonNullable<AuditLogQuery["target"]>;

async function subjectsOf(organizationId: OrganizationId, asked: ObjectText) {
  const found = await objectsOf(organizationId, asked, false);
  if ("recorded" in found) return found;
  const { ids } = found;
  return {
    targetIds: ids,
    userIds: ids.filter((id) => uuidPattern.test(id)),
    keyIds: ids.filter((id) => !uuidPattern.test(id)),
  };
}

async function objectsOf(
  organizationId: OrganizationId,
  { id, text }: ObjectText,
  whole: boolean,
): Promise<{ readonly ids: readonly string[] } | { readonly recorded: string }> {
  const byId = id === undefined ? [] : [id];
  if (text === undefined) return { ids: byId };
  const ids = await findAuditObjects(organizationId, text, whole);
  return ids === null ? { recorded: text } : { ids: [...ids, ...byId] };
}

async function peopleBy(organizationId: OrganizationId, text: string) {
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
  return userIds.length > mostPeople ? { text } : { userIds };
}
