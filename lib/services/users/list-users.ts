import type { AccessLevel } from "@/lib/core/access/access-level";
import { keySeesUsers, mayKeyUse } from "@/lib/core/access/manage-users-by-keys";
import type { ListPosition } from "@/lib/core/list-cursor";
import { cutPage, rowsAfter } from "@/lib/core/list-cursor";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { KeyContext } from "@/lib/services/access/key-context";
import { personSelect } from "@/lib/services/users/person-select";
import type { UserView } from "./user-view";

type UserListInput = {
  readonly limit: number;
  readonly after: ListPosition | null;
  readonly email?: string | undefined;
  readonly accessLevel?: AccessLevel | undefined;
};
type UserList = { readonly rows: readonly UserView[]; readonly next: ListPosition | null };

const included = { user: { select: personSelect } } as const;
type Member = {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly accessLevel: AccessLevel;
  readonly createdAt: Date;
};
const toView = ({ user, accessLevel, createdAt }: Member): UserView => ({ ...user, accessLevel, createdAt });

const needsRead = failure("forbidden", "This needs the permission users:read.");

/** One page of the organization's members, oldest first. Only keys of the organization itself see members. */
export async function listUsers(
  { organization, actor }: KeyContext,
  { limit, after, email, accessLevel }: UserListInput,
): Promise<Result<UserList>> {
  if (!actor.permissions.includes("users:read")) return needsRead;
  if (!keySeesUsers(actor)) return success({ rows: [], next: null });
  const found = await database().member.findMany({
    where: {
      organizationId: organization.id,
      ...(email === undefined ? {} : { user: { email } }),
      ...(accessLevel === undefined ? {} : { accessLevel }),
      ...rowsAfter(after, "userId"),
    },
    include: included,
    orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
    take: limit + 1,
  });
  return success(cutPage(found.map(toView), limit));
}

/** One member. Not found for anyone who is not a member, and for keys outside the organization's own namespace. */
export async function readUser(
  { organization, actor }: KeyContext,
  { userId }: { readonly userId: string },
): Promise<Result<UserView>> {
  const found = keySeesUsers(actor)
    ? await database().member.findUnique({
        where: { organizationId_userId: { organizationId: organization.id, userId } },
        include: included,
      })
    : null;
  if (found === null) return failure("not_found", "There is no such user.");
  return mayKeyUse(actor, "read") ? success(toView(found)) : needsRead;
}
