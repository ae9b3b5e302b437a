import { levelHolds } from "@/lib/core/access/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { GrantConsequencesInput } from "@/lib/schemas/grant";
import type { MemberConsequencesInput } from "@/lib/schemas/member";
import type { MemberContext } from "@/lib/services/access/context";
import { seeManagedResource } from "@/lib/services/access/see-resource";
import { impactPage, readUseOfKeys } from "@/lib/services/keys/impact/keys-impact";
import type { AccessImpact, KeyReceiver } from "./member-view";
import type { AccessChange } from "./read-key-consequences";
import { readAffectedKeys, readKeyConsequences } from "./read-key-consequences";

/** What removing a member, or changing their level in the organization, would do to their keys. */
export async function readMemberConsequences(
  context: MemberContext,
  { userId, accessLevel, page }: MemberConsequencesInput,
): Promise<Result<AccessImpact>> {
  if (!levelHolds(context.level, "users:update", context.organization.keyCreators)) {
    return failure("forbidden", "Only an owner may remove members and change their levels.");
  }
  return readAccessImpact(context, userId, { accessLevel }, page);
}

/** What changing or removing a member's level in a resource would do to their keys there. */
export async function readGrantConsequences(
  context: MemberContext,
  { resource, userId, accessLevel, page }: GrantConsequencesInput,
): Promise<Result<AccessImpact>> {
  const seen = await seeManagedResource(context, resource);
  if (!seen.ok) return seen;
  return readAccessImpact(context, userId, { accessLevel, within: resource }, page);
}

async function readAccessImpact(
  context: MemberContext,
  userId: string,
  change: AccessChange,
  page: number,
): Promise<Result<AccessImpact>> {
  const found = await readKeyConsequences(context, userId, change);
  if (found === null) return failure("not_found", "There is no such member.");
  const { use, ids, withUse } = await readUseOfKeys(found.keys, {
    organizationId: context.organization.id,
    now: context.origin.at,
    rows: impactPage(page),
  });
  const groups = [...found.groups.values()];
  const receivers = found.receivers.map((person): KeyReceiver => {
    const theirs = groups.filter((group) => group.receivers.includes(person.id));
    const sum = (of: "keys" | "used") => theirs.reduce((total, group) => total + group[of], 0);
    return {
      ...person,
      isSelf: person.id === context.actor.userId,
      canGet: { used: sum("used"), all: sum("keys") },
    };
  });
  const { paused, expired } = found;
  const keys = withUse(await readAffectedKeys(context, found, ids));
  return success({ ...use, keys, receivers, paused, expired });
}
