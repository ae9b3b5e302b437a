import { accessLevels, isAtLeast } from "@/lib/core/access-level";
import { effectivePermissions } from "@/lib/core/effective-permissions";
import { generatableLevels } from "@/lib/core/manage-keys";
import type { Namespace } from "@/lib/core/namespace";
import { levelHolds } from "@/lib/core/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { MemberConsequencesInput } from "@/lib/schemas/member";
import type { MemberContext } from "@/lib/services/context";
import { keyRoles, keyRowInclude, toKeyRow } from "@/lib/services/keys/key-row";
import type { AffectedKey, MemberConsequences } from "./member-view";

const memberInclude = {
  user: { select: { id: true, name: true, email: true } },
  grants: { select: { applicationId: true, workspaceId: true, userGroupId: true, accessLevel: true } },
} as const satisfies Prisma.MemberInclude;

type MemberRecord = Prisma.MemberGetPayload<{ include: typeof memberInclude }>;

/**
 * What a removal, or a change to another level, would do to a member's keys: which would end, or which
 * would shrink and by what; and who could take each over. Asks the functions that decide. [L5, Y8, Y9]
 */
export async function readMemberConsequences(
  context: MemberContext,
  { userId, accessLevel }: MemberConsequencesInput,
): Promise<Result<MemberConsequences>> {
  const { organization, level, origin } = context;
  const { id: organizationId, keyCreators } = organization;
  if (!levelHolds(level, "users:update", keyCreators)) {
    return failure("forbidden", "Only an owner may change who is a member, and as what.");
  }
  const member = await database().member.findUnique({
    where: { organizationId_userId: { organizationId, userId } },
    include: memberInclude,
  });
  if (member === null) return failure("not_found", "There is no such member.");
  const [keys, candidates] = await Promise.all([
    database().apiKey.findMany({
      where: {
        organizationId,
        liveCreatorId: userId,
        OR: [{ expiresAt: null }, { expiresAt: { gt: origin.at } }],
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
    const row = toKeyRow(key, context);
    const may = (creator: MemberRecord | null) =>
      effectivePermissions({
        ...key,
        roles: keyRoles(key),
        creatorLevel: creator && levelThere(creator, row.namespace),
        keyCreators,
      }).permissions;
    const after = new Set(may(accessLevel === null ? null : { ...member, accessLevel }));
    const lost = may(member).filter((permission) => !after.has(permission));
    // A removal ends even a key that can do nothing; a demotion leaves alone what loses nothing.
    if (accessLevel !== null && lost.length === 0) continue;
    const receivers = candidates
      .filter((candidate) => {
        const there = levelThere(candidate, row.namespace);
        return generatableLevels({ level: candidate.accessLevel, keyCreators }, there).includes(
          row.accessLevel,
        );
      })
      .map((candidate) => candidate.userId);
    const { id, name, type, namespace, lastUsedAt } = row;
    affected.push({ id, name, type, accessLevel: row.accessLevel, namespace, lastUsedAt, lost, receivers });
  }
  const named = new Set(affected.flatMap((key) => key.receivers));
  return success({
    keys: affected,
    receivers: candidates
      .filter((candidate) => named.has(candidate.userId))
      .map((candidate) => ({ ...candidate.user, level: candidate.accessLevel })),
  });
}

/** As `levelInNamespace`, of a member whose grants were read already. */
function levelThere({ accessLevel, grants }: MemberRecord, { type, id }: Namespace) {
  if (type === "organization") return accessLevel;
  const grant = grants.find((each) => (each.applicationId ?? each.workspaceId ?? each.userGroupId) === id);
  return grant?.accessLevel ?? null;
}
