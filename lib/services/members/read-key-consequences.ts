import type { AccessLevel } from "@/lib/core/access/access-level";
import { accessLevels, isAtLeast } from "@/lib/core/access/access-level";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import { generatableLevels } from "@/lib/core/access/manage-keys";
import type { Namespace, NamespaceType } from "@/lib/core/access/namespace";
import type { Resource } from "@/lib/core/access/resource";
import { keyUseStarts } from "@/lib/core/keys/impact/key-use";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { ActingContext } from "@/lib/services/access/key-context";
import { readLifetimeBound } from "@/lib/services/access/read-lifetime-bound";
import { endedInEffectSql } from "@/lib/services/keys/follow-up/ended-in-effect";
import { roleCatalog } from "@/lib/services/keys/read/find-roles";
import { keyRowInclude, namespaceOf } from "@/lib/services/keys/read/key-row";
import type { PersonView } from "@/lib/services/keys/read/key-view";
import type { StatusAt } from "@/lib/services/keys/read/status-where";
import { statusSql } from "@/lib/services/keys/read/status-where";
import { resourceTable } from "@/lib/services/resources/resource-table";
import { personSelect } from "@/lib/services/users/person-select";
import type { AffectedKey } from "./member-view";

const { application, workspace, userGroup } = keyRowInclude;

const memberInclude = {
  user: { select: personSelect },
  grants: { select: { applicationId: true, workspaceId: true, userGroupId: true, accessLevel: true } },
} as const satisfies Prisma.MemberInclude;

type MemberRecord = Prisma.MemberGetPayload<{ include: typeof memberInclude }>;

/** The new level, or null for none: in the resource `within` if given, otherwise in the organization. */
export type AccessChange = {
  readonly accessLevel: AccessLevel | null;
  readonly within?: Resource | undefined;
};

/** What the change does to a group of keys that agree in everything that decides it. Many keys form few groups. */
type Consequence = {
  readonly keys: number;
  readonly used: number;
  readonly namespace: Namespace;
} & Pick<AffectedKey, "lost" | "receivers">;

export type KeyConsequences = {
  /**
   * A statement that selects the affected keys: `id`, `name`, `last_used_at`, `created_at`, and their group as `alike`.
   */
  readonly keys: Prisma.Sql;
  /** The groups by `alike`. */
  readonly groups: ReadonlyMap<string, Consequence>;
  /** Everyone who could get at least one of the keys. */
  readonly receivers: readonly (PersonView & { readonly level: AccessLevel })[];
  /** How many of the person's keys there are paused, whatever the change. */
  readonly paused: number;
  readonly expired: number;
};

/**
 * What a change of a member's level, or its loss, would do to their keys: which would end, or which would lose
 * permissions and which ones; and who could receive each key instead. Decides with the same functions as the verbs,
 * once per group of equal keys. Null if the user is not a member.
 *
 * @param reader a transaction, or the database
 */
export async function readKeyConsequences(
  { organization, origin }: Pick<ActingContext, "organization" | "origin">,
  userId: string,
  change: AccessChange,
  reader: Transaction = database(),
): Promise<KeyConsequences | null> {
  const { id: organizationId, keyCreators } = organization;
  const { accessLevel, within } = change;
  const member = await reader.member.findUnique({
    where: { organizationId_userId: { organizationId, userId } },
    include: memberInclude,
  });
  if (member === null) return null;
  const bound = await readLifetimeBound(reader, organizationId);
  const at = { ...bound, now: origin.at };
  const keys = liveKeysOf(organizationId, userId, within, at);
  const alike = await readGroups(reader, keys, origin.at);
  const catalog = new Map((await roleCatalog(reader, organizationId)).map((role) => [role.id, role]));
  const candidates = await reader.member.findMany({
    where: {
      organizationId,
      userId: { not: userId },
      accessLevel: { in: accessLevels.filter((candidate) => isAtLeast(candidate, keyCreators)) },
    },
    include: memberInclude,
    orderBy: [{ accessLevel: "desc" }, { user: { name: "asc" } }, { userId: "asc" }],
  });

  const groups = new Map<string, Consequence>();
  for (const group of alike) {
    const { type, accessLevel: keyLevel, namespaceType, namespaceId, roleIds } = group;
    const namespace = { type: namespaceType, id: namespaceId };
    const roles = (roleIds ?? []).flatMap((id) => catalog.get(id) ?? []);
    const may = (creatorLevel: AccessLevel | null) =>
      effectivePermissions({ type, accessLevel: keyLevel, roles, creatorLevel, keyCreators }).permissions;
    const before = memberLevelIn(member, namespace);
    // A level in the organization does not affect other namespaces, but leaving it ends every key.
    const reaches = accessLevel === null || within !== undefined || namespace.type === "organization";
    const after = new Set(may(reaches ? accessLevel : before));
    const lost = may(before).filter((permission) => !after.has(permission));
    // Without a level, even a key with no permissions ends. With a lower level, a key that loses nothing is not listed.
    if (accessLevel !== null && lost.length === 0) continue;
    const receivers = candidates
      .filter((candidate) => {
        const level = memberLevelIn(candidate, namespace);
        return generatableLevels({ level: candidate.accessLevel, keyCreators }, level).includes(keyLevel);
      })
      .map((candidate) => candidate.userId);
    groups.set(group.alike, { keys: group.keys, used: group.used, namespace, lost, receivers });
  }
  const named = new Set([...groups.values()].flatMap(({ receivers }) => receivers));
  return {
    keys: Prisma.sql`SELECT * FROM (${keys}) live WHERE alike = ANY(${[...groups.keys()]})`,
    groups,
    receivers: candidates
      .filter((candidate) => named.has(candidate.userId))
      .map((candidate) => ({ ...candidate.user, level: candidate.accessLevel })),
    ...(await countStopped(reader, keysOf(organizationId, userId, within), at)),
  };
}

/** Counts keys that do not work now, but would be revoked with the others. */
async function countStopped(reader: Transaction, theirs: Prisma.Sql, at: StatusAt) {
  const [counted] = await reader.$queryRaw<{ paused: number; expired: number }[]>`
    SELECT count(*) FILTER (WHERE ${statusSql("paused", at)})::int AS paused,
      count(*) FILTER (WHERE ${statusSql("expired", at)})::int AS expired
    FROM api_keys k WHERE ${theirs}`;
  return counted ?? { paused: 0, expired: 0 };
}

/** Reads affected keys in full, in no particular order. Only for a page of them. */
export async function readAffectedKeys(
  { organization }: Pick<ActingContext, "organization">,
  { keys, groups }: KeyConsequences,
  ids: readonly string[],
): Promise<AffectedKey[]> {
  const found = await database().$queryRaw<{ id: string; alike: string }[]>`
    SELECT id, alike FROM (${keys}) affected WHERE id = ANY(${ids})`;
  const groupOf = new Map(found.map(({ id, alike }) => [id, groups.get(alike)]));
  const records = await database().apiKey.findMany({
    where: { organizationId: organization.id, id: { in: found.map(({ id }) => id) } },
    include: { application, workspace, userGroup },
  });
  return records.flatMap((key) => {
    const group = groupOf.get(key.id);
    if (group === undefined) return [];
    const { id, name, type, accessLevel, lastUsedAt, createdAt } = key;
    const namespace = namespaceOf(key, organization);
    const { lost, receivers } = group;
    return [{ id, name, type, accessLevel, namespace, lastUsedAt, createdAt, lost, receivers }];
  });
}

/** Selects the person's unrevoked keys; `k` is the key. */
function keysOf(organizationId: string, userId: string, within: Resource | undefined): Prisma.Sql {
  const there =
    within === undefined
      ? Prisma.sql`TRUE`
      : Prisma.sql`k.${resourceTable[within.type].column} = ${within.id}::uuid`;
  return Prisma.sql`k.organization_id = ${organizationId}::uuid AND k.live_creator_id = ${userId}::uuid
    AND k.creator_id = ${userId}::uuid AND k.deleted_at IS NULL AND NOT ${endedInEffectSql} AND ${there}`;
}

function liveKeysOf(
  organizationId: string,
  userId: string,
  within: Resource | undefined,
  at: StatusAt,
): Prisma.Sql {
  return Prisma.sql`
    SELECT k.id, k.name, k.last_used_at, k.created_at, json_build_array(k.type, k.access_level, k.namespace_type,
      coalesce(k.application_id, k.workspace_id, k.user_group_id, k.organization_id), (
        SELECT json_agg(coalesce(carried.built_in_role_id, r.role_id) ORDER BY coalesce(carried.built_in_role_id, r.role_id))
        FROM api_key_roles carried
        LEFT JOIN roles r ON r.organization_id = carried.organization_id AND r.id = carried.role_id
        WHERE carried.key_id = k.id))::text AS alike
    FROM api_keys k WHERE ${keysOf(organizationId, userId, within)} AND ${statusSql("active", at)}`;
}

type Group = {
  alike: string;
  keys: number;
  used: number;
  type: KeyType;
  accessLevel: AccessLevel;
  namespaceType: NamespaceType;
  namespaceId: string;
  roleIds: string[] | null;
};

function readGroups(reader: Transaction, keys: Prisma.Sql, now: Date): Promise<Group[]> {
  return reader.$queryRaw<Group[]>`
    SELECT alike, count(*)::int AS keys,
      count(*) FILTER (WHERE last_used_at > ${keyUseStarts(now).earlier}::timestamptz)::int AS used,
      alike::json->>0 AS type, alike::json->>1 AS "accessLevel", alike::json->>2 AS "namespaceType",
      alike::json->>3 AS "namespaceId", alike::json->4 AS "roleIds"
    FROM (${keys}) live GROUP BY alike`;
}

/** Like `levelInNamespace`, for a member whose grants have already been read. */
function memberLevelIn({ accessLevel, grants }: MemberRecord, { type, id }: Namespace) {
  if (type === "organization") return accessLevel;
  const grant = grants.find((each) => (each.applicationId ?? each.workspaceId ?? each.userGroupId) === id);
  return grant?.accessLevel ?? null;
}
