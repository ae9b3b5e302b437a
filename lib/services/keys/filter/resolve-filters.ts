import { accessLevels } from "@/lib/core/access/access-level";
import { keyTypes } from "@/lib/core/access/effective-permissions";
import type { Namespace, NamespaceType } from "@/lib/core/access/namespace";
import { namespacePath } from "@/lib/core/access/namespace";
import { builtInRole } from "@/lib/core/access/role";
import { holds, isWhole } from "@/lib/core/keys/filter/holds";
import { hygieneKinds } from "@/lib/core/keys/filter/hygiene";
import type { KeyFilters } from "@/lib/core/keys/filter/key-filters";
import { uuidPattern } from "@/lib/core/keys/filter/read-filter-value";
import { timeRange } from "@/lib/core/keys/filter/time-filter";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { LabelFilter } from "@/lib/schemas/key-filters";
import { resourceTable } from "@/lib/services/resources/resource-table";
import { keyCreators } from "../read/key-search";
import type { KeyConditions } from "./key-conditions";

/** Whose keys are listed: all of the organization's, or those of one person, who learns nothing about the others. */
export type Whose = {
  readonly organizationId: string;
  readonly creatorId: string | null;
  readonly viewerId: string;
};

export type ResolvedFilters = {
  readonly conditions: KeyConditions;
  /** The names of people and namespaces that the filters name by id. Deleted ones are missing. */
  readonly names: Readonly<Record<string, string>>;
  /** Sentences about whatever the filters name and this organization does not have. */
  readonly missing: readonly string[];
};

type Place = {
  readonly type: NamespaceType;
  readonly id: string;
  readonly name: string;
  /** A deleted namespace's keys are revoked, but still listed. */
  readonly isDeleted: boolean;
};
type Person = { readonly id: string; readonly name: string; readonly email: string };

/** Looks up what the filters of a list refer to: people and namespaces by id or by part of a name. */
export async function resolveFilters(whose: Whose, filters: KeyFilters, now: Date): Promise<ResolvedFilters> {
  const { creator, namespace, role, level, type, subject, label = [], created, used, expires } = filters;
  const [people, places, unknownRoles] = await Promise.all([
    creator === undefined ? [] : findPeople(whose, creator),
    namespace === undefined ? [] : findPlaces(whose),
    role === undefined ? [] : findUnknownRoles(whose.organizationId, role),
  ]);
  const ofCreator = (creator ?? []).map((value) => [value, peopleOf(value, people)] as const);
  const ofNamespace = (namespace ?? []).map((value) => [value, placesOf(value, places)] as const);
  return {
    conditions: {
      subjects: subject,
      labels: label.map(labelOf),
      roles: role,
      creators: creator && ofCreator.flatMap(([, found]) => found.map(({ id }) => id)),
      namespaces:
        namespace &&
        ofNamespace.flatMap(([, found]): Namespace[] => found.map(({ type: of, id }) => ({ type: of, id }))),
      levels: level && accessLevels.filter((one) => level.includes(one.toLowerCase())),
      types: type && keyTypes.filter((one) => type.includes(one)),
      created: created?.map((range) => timeRange("created", range, now)),
      used: used?.map((range) => timeRange("used", range, now)),
      expires: expires?.map((range) => timeRange("expires", range, now)),
      findings: filters.is && hygieneKinds.filter((kind) => filters.is?.includes(kind)),
    },
    names: Object.fromEntries([
      ...ofCreator.flatMap(([value, [found]]) => (found && isId(value) ? [[value, found.name]] : [])),
      ...ofNamespace.flatMap(([value, [found]]) =>
        found && (isId(value) || isWhole(found.name, value))
          ? [[value, found.isDeleted ? `${found.name} (deleted)` : found.name]]
          : [],
      ),
    ]),
    missing: [
      ...ofCreator.flatMap(([value, { length }]) => (length > 0 ? [] : [missingPerson(value)])),
      ...ofNamespace.flatMap(([value, { length }]) => (length > 0 ? [] : [missingPlace(value)])),
      ...unknownRoles.map((id) => `This organization has no role “${id}”.`),
    ],
  };
}

/** Parses a label that was validated before, although no key may have it. */
function labelOf(text: string): LabelFilter {
  const at = text.indexOf("=");
  return at === -1 ? { name: text, value: null } : { name: text.slice(0, at), value: text.slice(at + 1) };
}

function missingPerson(value: string): string {
  return isId(value)
    ? "The creator in the filter is not in this organization."
    : `Nobody called “${value}” created a key here.`;
}

function missingPlace(value: string): string {
  return isId(value)
    ? "The namespace in the filter no longer exists."
    : `There is no namespace called “${value}”.`;
}

function isId(value: string): boolean {
  return uuidPattern.test(value.slice(value.indexOf(":") + 1));
}

/** A complete email selects one person, even if another's contains it, such as ana@ and diana@. */
function peopleOf(value: string, people: readonly Person[]): Person[] {
  const named = people.filter(({ email }) => email.toLowerCase() === value.toLowerCase());
  return named.length > 0 ? named : people.filter(isPerson(value));
}

function isPerson(value: string) {
  return ({ id, name, email }: Person) =>
    isId(value) ? id === value : holds(name, value) || holds(email, value);
}

/**
 * A complete name selects only that namespace, even if others contain it: the path of a workspace contains its
 * application's name.
 */
function placesOf(value: string, places: readonly Place[]): Place[] {
  // These words keep their meaning, even if a namespace has one as its name.
  if (value === "organization") return places.filter(({ type }) => type === "organization");
  if (isId(value)) return places.filter(isPlace(value));
  const named = places.filter(({ name, type, isDeleted }) => {
    return type !== "organization" && !isDeleted && isWhole(name, value);
  });
  return named.length > 0 ? named : places.filter(isPlace(value));
}

function isPlace(value: string) {
  return ({ type, id, name, isDeleted }: Place) => {
    if (type === "organization") return value === "organization" || value === `organization:${id}`;
    return isId(value) ? `${type}:${id}` === value : !isDeleted && holds(name, value);
  };
}

/** The creators of keys here. If all values are ids, only these people, if they created a key or are members. */
function findPeople(whose: Whose, values: readonly string[]): Promise<Person[]> {
  const { organizationId, creatorId } = whose;
  if (values.every(isId)) {
    const made = Prisma.sql`EXISTS (SELECT 1 FROM api_keys k WHERE k.organization_id = ${organizationId}::uuid
      AND k.deleted_at IS NULL AND k.creator_id = u.id)`;
    return database().$queryRaw<Person[]>`
      SELECT u.id::text, u.name, u.email FROM users u WHERE u.id = ANY(${values}::uuid[])
        AND (${creatorId === null ? made : Prisma.sql`FALSE`}
          OR EXISTS (SELECT 1 FROM members m WHERE m.organization_id = ${organizationId}::uuid AND m.user_id = u.id))`;
  }
  return creatorsOf(whose);
}

/** Everybody who created an undeleted key of the list, by name. */
export function creatorsOf({ organizationId, creatorId }: Whose): Promise<Person[]> {
  const theirs = creatorId === null ? Prisma.empty : Prisma.sql`WHERE u.id = ${creatorId}::uuid`;
  return database().$queryRaw<Person[]>`
    WITH RECURSIVE ${keyCreators(organizationId)}
    SELECT u.id::text, u.name, u.email FROM creators JOIN users u ON u.id = creators.id ${theirs}
    ORDER BY u.name, u.id`;
}

/** The organization and its namespaces that the viewer sees, by name. Includes deleted ones. */
export async function findPlaces(whose: Whose): Promise<Place[]> {
  const { organizationId } = whose;
  const below = (type: "workspace" | "usergroup") => Prisma.sql`
    SELECT ${type} AS type, place.id::text, place.name, a.name AS application, place.deleted_at IS NOT NULL AS "isDeleted"
    FROM ${resourceTable[type].table} place LEFT JOIN applications a ON a.id = place.application_id
    WHERE place.organization_id = ${organizationId}::uuid AND ${isSeen(whose, resourceTable[type].column)}`;
  const rows = await database().$queryRaw<(Place & { application: string | null })[]>`
    SELECT * FROM (
      SELECT 'organization' AS type, id::text, name, NULL AS application, FALSE AS "isDeleted" FROM organizations
        WHERE id = ${organizationId}::uuid
      UNION ALL SELECT 'application', id::text, name, NULL, deleted_at IS NOT NULL FROM applications
        WHERE organization_id = ${organizationId}::uuid
      UNION ALL ${below("workspace")}
      UNION ALL ${below("usergroup")}
    ) places ORDER BY type = 'organization' DESC, application NULLS FIRST, name, id`;
  return rows.map(({ name, application, ...place }) => ({
    ...place,
    name: namespacePath(name, application),
  }));
}

/**
 * Whether the viewer sees the `place`. Everybody sees applications and the organization's own user groups. The rest is
 * visible to owners, to people with a grant there, and to people whose list contains a key there.
 */
function isSeen({ organizationId, creatorId, viewerId }: Whose, column: Prisma.Sql): Prisma.Sql {
  const theirs = Prisma.sql`organization_id = ${organizationId}::uuid AND user_id = ${viewerId}::uuid`;
  const listed = creatorId === null ? Prisma.empty : Prisma.sql`AND k.creator_id = ${creatorId}::uuid`;
  return Prisma.sql`(place.application_id IS NULL
    OR EXISTS (SELECT 1 FROM members WHERE ${theirs} AND access_level = 'OWNER')
    OR EXISTS (SELECT 1 FROM grants g WHERE ${theirs}
      AND (g.${column} = place.id OR g.application_id = place.application_id))
    OR (SELECT k.id FROM api_keys k WHERE k.organization_id = ${organizationId}::uuid AND k.deleted_at IS NULL
      ${listed} AND k.${column} = place.id LIMIT 1) IS NOT NULL)`;
}

async function findUnknownRoles(organizationId: string, roles: readonly string[]): Promise<string[]> {
  const own = roles.filter((id) => builtInRole(id) === undefined);
  if (own.length === 0) return [];
  const found = await database().role.findMany({
    where: { organizationId, roleId: { in: own } },
    select: { roleId: true },
  });
  return own.filter((id) => !found.some(({ roleId }) => roleId === id));
}
