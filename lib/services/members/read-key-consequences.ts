import type { AccessLevel } from "@/lib/core/access/access-level";
import { accessLevels, isAtLeast } from "@/lib/core/access/access-level";
import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import { generatableLevels } from "@/lib/core/access/manage-keys";
import type { Namespace } from "@/lib/core/access/namespace";
import { levelHolds } from "@/lib/core/access/permission";
import type { Resource } from "@/lib/core/access/resource";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { GrantConsequencesInput } from "@/lib/schemas/grant";
import type { MemberConsequencesInput } from "@/lib/schemas/member";
import type { MemberContext } from "@/lib/services/access/context";
import type { ActingContext } from "@/lib/services/access/key-context";
import { readLifetimeBound } from "@/lib/services/access/read-lifetime-bound";
import { seeManagedResource } from "@/lib/services/access/see-resource";
import { keyRoles, keyRowInclude, namespaceOf } from "@/lib/services/keys/read/key-row";
import { statusWhere } from "@/lib/services/keys/read/status-where";
import { personSelect } from "@/lib/services/users/person-select";
import { namespaceColumns } from "../access/level-in-namespace";
import type { AffectedKey, MemberConsequences } from "./member-view";

const memberInclude = {
  user: { select: personSelect },
  grants: { select: { applicationId: true, workspaceId: true, userGroupId: true, accessLevel: true } },
} as const satisfies Prisma.MemberInclude;

type MemberRecord = Prisma.MemberGetPayload<{ include: typeof memberInclude }>;

/**
 * What a change of a member's level, or its loss, would do to their keys: which would end, or which would lose
 * permissions and which ones; and who could get each key instead. Decides with the same functions as the verbs. Null
 * if the user is not a member.
 *
 * @param change the new level, or null for none; in the resource `within` if given, else in the organization
 */
export async function readKeyConsequences(
  { organization, origin }: Pick<ActingContext, "organization" | "origin">,
  userId: string,
  change: { readonly accessLevel: AccessLevel | null; readonly within?: Resource },
): Promise<MemberConsequences | null> {
  const { id: organizationId, keyCreators } = organization;
  const { accessLevel, within } = change;
  const member = await database().member.findUnique({
    where: { organizationId_userId: { organizationId, userId } },
    include: memberInclude,
  });
  if (member === null) return null;
  const bound = await readLifetimeBound(database(), organizationId);
  const [keys, candidates] = await Promise.all([
    database().apiKey.findMany({
      where: {
        organizationId,
        liveCreatorId: userId,
        ...statusWhere("active", { ...bound, now: origin.at }),
        ...(within === undefined ? {} : namespaceColumns(within)),
      },
      include: keyRowInclude,
      orderBy: [{ name: "asc" }, { id: "asc" }],
    }),
    database().member.findMany({
      where: {
        organizationId,
        userId: { not: userId },
        accessLevel: { in: accessLevels.filter((candidate) => isAtLeast(candidate, keyCreators)) },
      },
      include: memberInclude,
      orderBy: [{ accessLevel: "desc" }, { user: { name: "asc" } }, { userId: "asc" }],
    }),
  ]);

  const affected: AffectedKey[] = [];
  for (const key of keys) {
    const { id, name, type, accessLevel: keyLevel, lastUsedAt, createdAt } = key;
    const namespace = namespaceOf(key, organization);
    const may = (creatorLevel: AccessLevel | null) =>
      effectivePermissions({ ...key, roles: keyRoles(key), creatorLevel, keyCreators }).permissions;
    const before = memberLevelIn(member, namespace);
    // A level in the organization does not apply to its other namespaces, but leaving it ends every key.
    const reaches = accessLevel === null || within !== undefined || namespace.type === "organization";
    const after = new Set(may(reaches ? accessLevel : before));
    const lost = may(before).filter((permission) => !after.has(permission));
    // Without a level even a key with no permissions ends. With a lower level, a key that loses nothing is not
    // listed.
    if (accessLevel !== null && lost.length === 0) continue;
    const receivers = candidates
      .filter((candidate) => {
        const level = memberLevelIn(candidate, namespace);
        return generatableLevels({ level: candidate.accessLevel, keyCreators }, level).includes(keyLevel);
      })
      .map((candidate) => candidate.userId);
    const shown = { id, name, type, accessLevel: keyLevel, namespace, lastUsedAt, createdAt };
    affected.push({ ...shown, lost, receivers });
  }
  const named = new Set(affected.flatMap((key) => key.receivers));
  return {
    keys: affected,
    receivers: candidates
      .filter((candidate) => named.has(candidate.userId))
      .map((candidate) => ({ ...candidate.user, level: candidate.accessLevel })),
  };
}

/** Like `levelInNamespace`, for a member whose grants have been read already. */
function memberLevelIn({ accessLevel, grants }: MemberRecord, { type, id }: Namespace) {
  if (type === "organization") return accessLevel;
  const grant = grants.find((each) => (each.applicationId ?? each.workspaceId ?? each.userGroupId) === id);
  return grant?.accessLevel ?? null;
}

/** What removing a member, or changing their level in the organization, would do to their keys. */
export async function readMemberConsequences(
  context: MemberContext,
  { userId, accessLevel }: MemberConsequencesInput,
): Promise<Result<MemberConsequences>> {
  if (!levelHolds(context.level, "users:update", context.organization.keyCreators)) {
    return failure("forbidden", "Only an owner may remove members and change their levels.");
  }
  const consequences = await readKeyConsequences(context, userId, { accessLevel });
  return consequences === null ? failure("not_found", "There is no such member.") : success(consequences);
}

/** What changing or removing a member's level in a resource would do to their keys there. */
export async function readGrantConsequences(
  context: MemberContext,
  { resource, userId, accessLevel }: GrantConsequencesInput,
): Promise<Result<MemberConsequences>> {
  const seen = await seeManagedResource(context, resource);
  if (!seen.ok) return seen;
  const consequences = await readKeyConsequences(context, userId, { accessLevel, within: resource });
  return consequences === null ? failure("not_found", "There is no such member.") : success(consequences);
}
