import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { GrantListInput } from "@/lib/schemas/grant";
import type { MemberContext } from "@/lib/services/access/context";
import { namespaceColumns } from "@/lib/services/access/level-in-namespace";
import { seeResource } from "@/lib/services/access/see-resource";
import { statusWhere } from "@/lib/services/keys/read/status-where";
import { searchWhere } from "@/lib/services/members/list-members";
import { personSelect } from "@/lib/services/users/person-select";
import type { GrantPage } from "./grant-view";

/** One page of the people with access to a resource, by name. Not found if the viewer may not see the resource. */
export async function listGrants(
  context: MemberContext,
  { resource, search, page, pageSize }: GrantListInput,
): Promise<Result<GrantPage>> {
  const seen = await seeResource(context, resource);
  if (!seen.ok) return seen;
  const { organization, actor, level, origin } = context;
  const columns = namespaceColumns(resource);
  const where: Prisma.GrantWhereInput = {
    organizationId: organization.id,
    ...columns,
    member: searchWhere(search),
  };
  const [grants, total] = await Promise.all([
    database().grant.findMany({
      where,
      include: { member: { include: { user: { select: personSelect } } } },
      // The id comes last: members with equal names must not swap places between two pages.
      orderBy: [{ member: { user: { name: "asc" } } }, { userId: "asc" }],
      skip: (page - 1) * pageSize,
      take: pageSize,
    }),
    database().grant.count({ where }),
  ]);
  const live = await database().apiKey.groupBy({
    by: "creatorId",
    where: {
      organizationId: organization.id,
      ...columns,
      liveCreatorId: { in: grants.map(({ userId }) => userId) },
      ...statusWhere("active", { ...organization, now: origin.at }),
    },
    _count: true,
  });
  const seesKeys = maySeeAllKeys({ level, keyCreators: organization.keyCreators });
  return success({
    total,
    rows: grants.map(({ userId, accessLevel, createdAt, member }) => ({
      ...member.user,
      level: accessLevel,
      givenAt: createdAt,
      liveKeys: seesKeys ? (live.find(({ creatorId }) => creatorId === userId)?._count ?? 0) : null,
      isSelf: userId === actor.userId,
    })),
  });
}
