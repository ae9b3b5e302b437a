import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import type { Namespace } from "@/lib/core/access/namespace";
import { builtInRole } from "@/lib/core/access/role";
import type { HygieneKind } from "@/lib/core/keys/filter/hygiene";
import type { TimeRange } from "@/lib/core/keys/filter/time-filter";
import { Prisma } from "@/lib/db/generated/client";
import type { LabelFilter } from "@/lib/schemas/key-filters";
import { resourceTable } from "@/lib/services/resources/resource-table";
import type { StatusAt } from "../read/status-where";
import { endsWithinSql } from "./end-where";
import { anyHygieneSql, idleSince } from "./hygiene-where";

/**
 * The conditions on listed keys besides the status and the search. A key must match one value of each list, but all
 * labels and times. Undefined ones do not filter; an empty list matches no key.
 */
export type KeyConditions = {
  readonly subjects?: readonly string[] | undefined;
  readonly labels?: readonly LabelFilter[] | undefined;
  /** Role ids as people see them, of built-in roles or the organization's own. */
  readonly roles?: readonly string[] | undefined;
  readonly creators?: readonly string[] | undefined;
  readonly namespaces?: readonly Namespace[] | undefined;
  readonly levels?: readonly AccessLevel[] | undefined;
  readonly types?: readonly KeyType[] | undefined;
  readonly created?: readonly TimeRange[] | undefined;
  readonly used?: readonly TimeRange[] | undefined;
  /** Ranges of the effective end. */
  readonly expires?: readonly TimeRange[] | undefined;
  readonly findings?: readonly HygieneKind[] | undefined;
};

/** The filters as conditions on the key `k`. */
export function filterSql(organizationId: string, at: StatusAt, filters: KeyConditions): Prisma.Sql[] {
  return [...keySql(organizationId, at, filters), ...lastUses(at, filters).map(usedWithinSql)];
}

/** The ranges of last use that the filters select. `keySql` leaves them out. */
export function lastUses({ now }: StatusAt, { used = [], findings = [] }: KeyConditions): TimeRange[] {
  const [finding, ...others] = findings;
  if (others.length > 0) return [...used];
  if (finding === "never-used") return [...used, { never: true }];
  return finding === "idle" ? [...used, idleSince(now)] : [...used];
}

/** All filters except those by last use. */
export function keySql(organizationId: string, at: StatusAt, filters: KeyConditions): Prisma.Sql[] {
  const { subjects, labels = [], roles, creators, namespaces, levels, types } = filters;
  const { created = [], expires = [], findings = [] } = filters;
  return [
    ...(subjects === undefined ? [] : [Prisma.sql`k.subject = ANY(${subjects})`]),
    ...labelSql(labels),
    ...(roles === undefined ? [] : [anyOf(roles.map((role) => roleSql(organizationId, role)))]),
    ...(creators === undefined ? [] : [Prisma.sql`k.creator_id = ANY(${creators}::uuid[])`]),
    ...(namespaces === undefined ? [] : [anyOf(namespaces.map(namespaceSql))]),
    ...(levels === undefined ? [] : [Prisma.sql`k.access_level = ANY(${levels}::access_level[])`]),
    ...(types === undefined ? [] : [Prisma.sql`k.type = ANY(${types}::key_type[])`]),
    ...created.map((range) => withinSql(Prisma.sql`k.created_at`, range)),
    ...expires.map((range) => endsWithinSql(at, range)),
    ...(findings.length === 0 ? [] : [anyHygieneSql(findings, at)]),
  ];
}

function anyOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`FALSE` : Prisma.sql`(${Prisma.join([...conditions], " OR ")})`;
}

function withinSql(time: Prisma.Sql, range: TimeRange): Prisma.Sql {
  if (range.never) return Prisma.sql`${time} IS NULL`;
  const { from, to } = range;
  return Prisma.join(
    [
      Prisma.sql`${time} IS NOT NULL`,
      ...(from === null ? [] : [Prisma.sql`${time} >= ${from}::timestamptz`]),
      ...(to === null ? [] : [Prisma.sql`${time} < ${to}::timestamptz`]),
    ],
    " AND ",
  );
}

/** Uses "api_key_last_uses", which has an index by last use. For lists where matches may be rare. */
export function usedWithinSql(range: TimeRange): Prisma.Sql {
  return afterCreation(
    range,
    Prisma.sql`EXISTS (SELECT 1 FROM api_key_last_uses l
    WHERE l.organization_id = k.organization_id AND l.key_id = k.id
      AND ${lastUseSql(Prisma.sql`l.last_used_at`, range)})`,
  );
}

/** Uses the key's own column. For lists that read the key's row anyway, or where matches are frequent. */
export function usedOfKeySql(range: TimeRange): Prisma.Sql {
  return afterCreation(range, withinSql(Prisma.sql`k.last_used_at`, range));
}

/**
 * A key that was last used long ago was also created long ago, so newer keys are skipped. A day allows for differing
 * clocks.
 */
function afterCreation(range: TimeRange, used: Prisma.Sql): Prisma.Sql {
  if (range.never || range.to === null) return used;
  const created = new Date(range.to.getTime() + dayMs);
  return Prisma.sql`k.created_at < ${created}::timestamptz AND ${used}`;
}

const dayMs = 86_400_000;

/** @param used a last use as in "api_key_last_uses", where '-infinity' means never */
export function lastUseSql(used: Prisma.Sql, range: TimeRange): Prisma.Sql {
  if (range.never) return Prisma.sql`${used} = '-infinity'`;
  const { from, to } = range;
  return Prisma.join(
    [
      Prisma.sql`${used} > '-infinity'`,
      ...(from === null ? [] : [Prisma.sql`${used} >= ${from}::timestamptz`]),
      ...(to === null ? [] : [Prisma.sql`${used} < ${to}::timestamptz`]),
    ],
    " AND ",
  );
}

function namespaceSql({ type, id }: Namespace): Prisma.Sql {
  return type === "organization"
    ? Prisma.sql`(k.namespace_type = 'organization' AND k.organization_id = ${id}::uuid)`
    : Prisma.sql`k.${resourceTable[type].column} = ${id}::uuid`;
}

function labelSql(labels: readonly LabelFilter[]): Prisma.Sql[] {
  if (labels.length === 0) return [];
  const conditions = labels.map(({ name, value }) =>
    value === null
      ? Prisma.sql`k.labels ? ${name}`
      : Prisma.sql`k.labels @> ${JSON.stringify({ [name]: value })}::jsonb`,
  );
  // The other conditions imply the first, but PostgreSQL needs it to use the index, which leaves out keys without
  // labels.
  return [Prisma.sql`k.labels <> '{}'`, ...conditions];
}

function roleSql(organizationId: string, role: string): Prisma.Sql {
  const which =
    builtInRole(role) === undefined
      ? Prisma.sql`carried.role_id = (SELECT id FROM roles
          WHERE organization_id = ${organizationId}::uuid AND roles.role_id = ${role})`
      : Prisma.sql`carried.built_in_role_id = ${role}`;
  return Prisma.sql`EXISTS (SELECT 1 FROM api_key_roles carried
    WHERE carried.organization_id = ${organizationId}::uuid AND carried.key_id = k.id AND ${which})`;
}
