import { builtInRole } from "@/lib/core/access/role";
import type { LifetimeBound } from "@/lib/core/keys/effective-end";
import { lastCreatedOfEnded } from "@/lib/core/keys/effective-end";
import { Prisma } from "@/lib/db/generated/client";
import type { LabelFilter } from "@/lib/schemas/key-filters";

/** What a listed key has to meet besides its status and the search. Undefined filters nothing. */
export type KeyFilters = {
  readonly subject?: string | undefined;
  readonly label?: readonly LabelFilter[] | undefined;
  /** The id that people see, of a built-in role or the organization's own. */
  readonly role?: string | undefined;
  readonly creator?: string | undefined;
  readonly lastUsedBefore?: Date | undefined;
  readonly expiresBefore?: Date | undefined;
};

/** The filters as conditions on the key `k`. */
export function filterSql(organizationId: string, at: LifetimeBound, filters: KeyFilters): Prisma.Sql[] {
  const { subject, label = [], role, creator, lastUsedBefore, expiresBefore } = filters;
  return [
    ...(subject === undefined ? [] : [Prisma.sql`k.subject = ${subject}`]),
    ...labelSql(label),
    ...(role === undefined ? [] : [roleSql(organizationId, role)]),
    ...(creator === undefined ? [] : [Prisma.sql`k.creator_id = ${creator}::uuid`]),
    ...(lastUsedBefore === undefined ? [] : [Prisma.sql`k.last_used_at < ${lastUsedBefore}::timestamptz`]),
    ...(expiresBefore === undefined ? [] : [endsBeforeSql(at, expiresBefore)]),
  ];
}

function labelSql(labels: readonly LabelFilter[]): Prisma.Sql[] {
  if (labels.length === 0) return [];
  const conditions = labels.map(({ name, value }) =>
    value === null
      ? Prisma.sql`k.labels ? ${name}`
      : Prisma.sql`k.labels @> ${JSON.stringify({ [name]: value })}::jsonb`,
  );
  // The first is implied by the others. PostgreSQL uses the index, which leaves out keys without labels, only with it.
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

/** By effective end: the key's own, or the one that the organization's maximum lifetime sets. */
function endsBeforeSql({ maximumLifetimeDays, defaultKeyId }: LifetimeBound, time: Date): Prisma.Sql {
  const own = Prisma.sql`k.expires_at < ${time}::timestamptz`;
  const lastCreated = lastCreatedOfEnded(maximumLifetimeDays, time);
  if (lastCreated === null) return own;
  return Prisma.sql`(${own} OR (k.created_at < ${lastCreated}::timestamptz AND k.id <> ${defaultKeyId ?? ""}))`;
}
