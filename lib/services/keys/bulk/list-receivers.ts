import { accessLevels, isAtLeast } from "@/lib/core/access/access-level";
import { mayTransferKeys } from "@/lib/core/access/manage-keys";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ReceiversInput } from "@/lib/schemas/bulk/bulk-keys";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";
import { searchWhere } from "@/lib/services/members/list-members";
import { personSelect } from "@/lib/services/users/person-select";
import type { Receivers } from "./bulk-view";

const shownMaximum = 20;

/** The first 20 members, by name, who match the search and may create keys; nobody else can receive keys. */
export async function listReceivers(
  context: MemberContext,
  { search }: ReceiversInput,
): Promise<Result<Receivers>> {
  const manager = keyManager(context);
  if (!mayTransferKeys(manager)) return failure("forbidden", "Only an owner may transfer API keys.");
  const levels = accessLevels.filter((level) => isAtLeast(level, manager.keyCreators));
  const found = await database().member.findMany({
    where: {
      organizationId: context.organization.id,
      ...searchWhere(search),
      accessLevel: { in: levels },
    },
    select: { accessLevel: true, user: { select: personSelect } },
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
    take: shownMaximum + 1,
  });
  return success({
    people: found.slice(0, shownMaximum).map(({ accessLevel: level, user }) => ({ ...user, level })),
    more: found.length > shownMaximum,
  });
}
