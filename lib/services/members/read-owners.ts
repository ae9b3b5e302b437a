import { levelHolds } from "@/lib/core/access/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";

const namedOwners = 5;

/** The people to ask for something that only an owner may do. */
export type Owners = {
  /** The first five owners. */
  readonly people: readonly { readonly name: string; readonly email: string }[];
  readonly total: number;
};

export async function readOwners({ organization, level }: MemberContext): Promise<Result<Owners>> {
  if (!levelHolds(level, "users:read", organization.keyCreators)) {
    return failure("forbidden", "You may not see the members.");
  }
  const where = { organizationId: organization.id, accessLevel: "OWNER" } as const;
  const [owners, total] = await Promise.all([
    database().member.findMany({
      where,
      select: { user: { select: { name: true, email: true } } },
      orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
      take: namedOwners,
    }),
    database().member.count({ where }),
  ]);
  return success({ people: owners.map(({ user }) => user), total });
}
