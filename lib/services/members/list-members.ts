import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import { levelHolds } from "@/lib/core/access/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { escapeLike } from "@/lib/db/escape-like";
import type { Prisma } from "@/lib/db/generated/client";
import type { ListInput } from "@/lib/schemas/list";
import type { MemberContext } from "@/lib/services/access/context";
import { statusWhere } from "@/lib/services/keys/read/status-where";
import { personSelect } from "@/lib/services/users/person-select";
import type { MemberPage } from "./member-view";

/** One page of the table "Members", by name. Shows key counts only to people who may see the organization's keys. */
export async function listMembers(
  context: MemberContext,
  { search, page, pageSize }: ListInput,
): Promise<Result<MemberPage>> {
  const { organization, actor, level, origin } = context;
  const { keyCreators } = organization;
  if (!levelHolds(level, "users:read", keyCreators)) return failure("not_found", "There is no such page.");
  const where: Prisma.MemberWhereInput = { organizationId: organization.id, ...searchWhere(search) };
  const [members, total, owners] = await Promise.all([
    database().member.findMany({
      where,
      include: { user: { select: personSelect } },
      // The id comes last: members with equal names must not swap places between two pages.
      orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
      skip: (page - 1) * pageSize,
      take: pageSize,
    }),
    database().member.count({ where }),
    database().member.count({ where: { organizationId: organization.id, accessLevel: "OWNER" } }),
  ]);
  const live = await database().apiKey.groupBy({
    by: "creatorId",
    where: {
      organizationId: organization.id,
      creatorId: { in: members.map(({ userId }) => userId) },
      liveCreatorId: { not: null },
      ...statusWhere("active", { ...organization, now: origin.at }),
    },
    _count: true,
  });
  const seesKeys = maySeeAllKeys({ level, keyCreators });
  return success({
    total,
    rows: members.map(({ user, accessLevel, createdAt }) => ({
      ...user,
      level: accessLevel,
      joinedAt: createdAt,
      liveKeys: seesKeys ? (live.find(({ creatorId }) => creatorId === user.id)?._count ?? 0) : null,
      isSelf: user.id === actor.userId,
      isLastOwner: accessLevel === "OWNER" && owners === 1,
    })),
  });
}

/** Searches name and email. */
export function searchWhere(search: string): Prisma.MemberWhereInput {
  if (search === "") return {};
  const contains = { contains: escapeLike(search), mode: "insensitive" } as const;
  return { user: { OR: [{ name: contains }, { email: contains }] } };
}
