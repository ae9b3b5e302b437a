import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
import { isInNamespace, keySees } from "@/lib/core/keys/key-reach";
import type { ListPosition } from "@/lib/core/list-cursor";
import { cutPage, rowsAfter } from "@/lib/core/list-cursor";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { KeyContext } from "@/lib/services/access/key-context";
import { namespaceColumns } from "@/lib/services/access/level-in-namespace";
import { callerRevoked } from "@/lib/services/access/lock-calling-key";
import type { AffectedKeys } from "@/lib/services/members/list-affected-keys";
import { pageOfAffected } from "@/lib/services/members/list-affected-keys";
import { readKeyConsequences } from "@/lib/services/members/read-key-consequences";
import { readKeyPlace } from "@/lib/services/resources/read-key-place";
import { findResource } from "@/lib/services/resources/resource-table";
import { personSelect } from "@/lib/services/users/person-select";
import type { GrantOfKey } from "./grant-view";

type Page = { readonly limit: number; readonly after: ListPosition | null };
type Named = { readonly resource: Resource; readonly userId: string };

const included = { member: { select: { user: { select: personSelect } } } } as const;
const noResource = failure("not_found", "There is no such resource.");
const noGrant = failure("not_found", "This member has no access here.");

/** One page of the people with access to a resource in the key's namespace, oldest grant first. */
export async function listGrantsOfKey(
  context: KeyContext,
  { resource, limit, after }: Page & { readonly resource: Resource },
): Promise<Result<{ readonly rows: readonly GrantOfKey[]; readonly next: ListPosition | null }>> {
  const refusal = await refuseToRead(context, resource, ["users:read"]);
  if (refusal !== null) return refusal;
  const found = await database().grant.findMany({
    where: {
      organizationId: context.organization.id,
      ...namespaceColumns(resource),
      ...rowsAfter(after, "userId"),
    },
    include: included,
    orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
    take: limit + 1,
  });
  return success(cutPage(found.map(toView), limit));
}

/** One person's access to a resource in the key's namespace. */
export async function readGrantOfKey(context: KeyContext, named: Named): Promise<Result<GrantOfKey>> {
  const refusal = await refuseToRead(context, named.resource, ["users:read"]);
  return refusal ?? showGrantOfKey(context, named);
}

/** Like `readGrantOfKey`, without requiring users:read: it answers a change that the verb has allowed. */
export async function showGrantOfKey(
  { organization }: KeyContext,
  { resource, userId }: Named,
): Promise<Result<GrantOfKey>> {
  const found = await database().grant.findFirst({
    where: { organizationId: organization.id, userId, ...namespaceColumns(resource) },
    include: included,
  });
  return found === null ? noGrant : success(toView(found));
}

/** What another level, or its removal, would do to a person's keys in a resource. */
export async function listAffectedByGrant(
  context: KeyContext,
  { resource, userId, accessLevel, ...page }: Named & Page & { readonly accessLevel: AccessLevel | null },
): Promise<Result<AffectedKeys>> {
  const refusal = await refuseToRead(context, resource, ["users:update", "keys:read"]);
  if (refusal !== null) return refusal;
  const granted = await showGrantOfKey(context, { resource, userId });
  if (!granted.ok) return granted;
  const found = await readKeyConsequences(context, userId, { accessLevel, within: resource });
  return found === null ? noGrant : success(await pageOfAffected(context, found, page));
}

/** Not found unless the key sees the resource; forbidden outside its namespace and without the permissions. */
async function refuseToRead(
  context: KeyContext,
  resource: Resource,
  permissions: readonly string[],
): Promise<Failure | null> {
  const place = await readKeyPlace(database(), context);
  if (place === null) return callerRevoked;
  const found = await findResource(database(), context.organization.id, resource, "none");
  if (found === null || !keySees(place, found)) return noResource;
  const missing = permissions.filter((permission) => !context.actor.permissions.includes(permission));
  if (missing.length > 0) return failure("forbidden", `This needs the permission ${missing.join(" and ")}.`);
  if (isInNamespace(place, found)) return null;
  return failure("forbidden", "A key sees who has access only inside its own namespace.");
}

type Found = Prisma.GrantGetPayload<{ include: typeof included }>;

function toView({ member, accessLevel, createdAt }: Found): GrantOfKey {
  return { ...member.user, accessLevel, createdAt };
}
