import { escapeLike } from "@/lib/db/escape-like";
import { Prisma } from "@/lib/db/generated/client";
import type { AuditEntryFilters, AuditSubjects } from "./audit-filters";

/**
 * Selects the sequence numbers of the newest entries that match the filters. With several objects, it reads the entries
 * of each in the order of that object's index: reading them in the log's order could mean reading nearly all of it.
 *
 * @param after only entries before this one; null for the newest
 */
export function sequencesSql(
  organizationId: string,
  filters: AuditEntryFilters,
  after: number | null,
  limit: number,
): Prisma.Sql {
  const { target, search, ...others } = filters;
  if (search !== undefined && "targetIds" in search) {
    return eachSql(organizationId, search, { ...others, target }, after, limit);
  }
  if (target !== undefined && "ids" in target && target.ids.length !== 1) {
    const about = { targetIds: target.ids, userIds: [], keyIds: [] };
    return eachSql(organizationId, about, { ...others, search }, after, limit);
  }
  return newestSql(organizationId, filters, after, limit, []);
}

function eachSql(
  organizationId: string,
  { targetIds, userIds, keyIds }: AuditSubjects,
  others: AuditEntryFilters,
  after: number | null,
  limit: number,
): Prisma.Sql {
  const of = (ids: Prisma.Sql, column: Prisma.Sql) => Prisma.sql`
    SELECT found.sequence FROM unnest(${ids}) AS one(id) CROSS JOIN LATERAL (
      ${newestSql(organizationId, others, after, limit, [Prisma.sql`${column} = one.id`])}) found`;
  return Prisma.sql`SELECT sequence FROM (
    ${of(Prisma.sql`${[...targetIds]}::text[]`, Prisma.sql`e.target_id`)}
    UNION ${of(Prisma.sql`${[...userIds]}::uuid[]`, Prisma.sql`e.actor_user_id`)}
    UNION ${of(Prisma.sql`${[...keyIds]}::text[]`, Prisma.sql`e.actor_key_id`)}
  ) each ORDER BY sequence DESC LIMIT ${limit}`;
}

function newestSql(
  organizationId: string,
  filters: AuditEntryFilters,
  after: number | null,
  limit: number,
  more: readonly Prisma.Sql[],
): Prisma.Sql {
  const conditions = [
    Prisma.sql`e.organization_id = ${organizationId}::uuid`,
    ...(after === null ? [] : [Prisma.sql`e.sequence < ${after}`]),
    ...more,
    ...filtersSql(filters),
  ];
  return Prisma.sql`SELECT e.sequence FROM audit_entries e WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY e.sequence DESC LIMIT ${limit}`;
}

function filtersSql(filters: AuditEntryFilters): Prisma.Sql[] {
  const { actions, actor, target, search, address, from, to } = filters;
  return [
    ...(actions === undefined ? [] : [anyOf(Prisma.sql`e.action`, actions, Prisma.sql`text`)]),
    ...(actor === undefined ? [] : [actorSql(actor)]),
    ...(target === undefined
      ? []
      : [
          "ids" in target
            ? anyOf(Prisma.sql`e.target_id`, target.ids, Prisma.sql`text`)
            : Prisma.sql`e.target_name ILIKE ${holding(target.recorded)}`,
        ]),
    ...(search !== undefined && "recorded" in search
      ? [
          Prisma.sql`(e.target_name ILIKE ${holding(search.recorded)} OR e.actor_name ILIKE ${holding(search.recorded)})`,
        ]
      : []),
    ...(address === undefined ? [] : [Prisma.sql`e.address = ${address}`]),
    ...(from === undefined ? [] : [Prisma.sql`e.at >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [Prisma.sql`e.at < ${to}::timestamptz`]),
  ];
}

function actorSql(actor: NonNullable<AuditEntryFilters["actor"]>): Prisma.Sql {
  if ("userIds" in actor) return anyOf(Prisma.sql`e.actor_user_id`, actor.userIds, Prisma.sql`uuid`);
  if ("keyId" in actor) return Prisma.sql`e.actor_key_id = ${actor.keyId}`;
  const pattern = holding(actor.text);
  return Prisma.sql`EXISTS (SELECT 1 FROM users u WHERE u.id = e.actor_user_id
    AND (u.name ILIKE ${pattern} OR u.email ILIKE ${pattern}))`;
}

function holding(text: string): string {
  return `%${escapeLike(text)}%`;
}

/** A single value is compared directly instead of as a list, so that an index returns the entries in order. */
function anyOf(column: Prisma.Sql, values: readonly string[], type: Prisma.Sql): Prisma.Sql {
  const [first, ...others] = values;
  return first !== undefined && others.length === 0
    ? Prisma.sql`${column} = ${first}::${type}`
    : Prisma.sql`${column} = ANY(${[...values]}::${type}[])`;
}
