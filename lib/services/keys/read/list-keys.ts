import type { AccessLevel } from "@/lib/core/access/access-level";
import { isAtLeast } from "@/lib/core/access/access-level";
import { maySeeAllKeys, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { MemberContext } from "@/lib/services/access/context";
import { findKeys } from "./find-keys";
import { keyManager, keyRowInclude, toKeyRow } from "./key-row";
import type { KeyPage } from "./key-view";

/** One page of the organization's API keys. Not found if this person may not see all keys. */
export async function listKeys(context: MemberContext, input: KeyListInput): Promise<Result<KeyPage>> {
  if (!maySeeAllKeys(keyManager(context))) return failure("not_found", "There is no such page.");
  return success(await readPage(context, input, null));
}

/** One page of the keys that this person created. Not found if they may not create keys. */
export async function listOwnKeys(context: MemberContext, input: KeyListInput): Promise<Result<KeyPage>> {
  if (!maySeeOwnKeys(keyManager(context))) return failure("not_found", "There is no such page.");
  return success(await readPage(context, input, context.actor.userId));
}

async function readPage(
  context: MemberContext,
  input: KeyListInput,
  creatorId: string | null,
): Promise<KeyPage> {
  const { id: organizationId, maximumLifetimeDays, defaultKeyId } = context.organization;
  const now = context.origin.at;
  const scope = { organizationId, creatorId, now, maximumLifetimeDays, defaultKeyId };
  const { ids, ...found } = await findKeys(scope, input);
  const records = await database().apiKey.findMany({
    where: { organizationId, id: { in: [...ids] } },
    include: keyRowInclude,
  });
  const places = new Map(ids.map((id, place) => [id, place]));
  const placeOf = ({ id }: { readonly id: string }) => places.get(id) ?? ids.length;
  const ownLevelOf = await ownLevels(context, records);
  const rows = records
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((key) => toKeyRow(key, context, ownLevelOf(key)));
  return { rows, ...found };
}

type Placed = Pick<
  ApiKeyModel,
  "creatorId" | "accessLevel" | "applicationId" | "workspaceId" | "userGroupId"
>;

/**
 * This person's current level in the namespace of each of these keys, where it matters: for their own keys above
 * their level in the organization. Null elsewhere. One query for a page of keys, and usually none.
 */
async function ownLevels(
  { organization, actor, level }: MemberContext,
  keys: readonly Placed[],
): Promise<(key: Placed) => AccessLevel | null> {
  const matters = (key: Placed) => key.creatorId === actor.userId && !isAtLeast(level, key.accessLevel);
  if (!keys.some(matters)) return () => null;
  const grants = await database().grant.findMany({
    where: { organizationId: organization.id, userId: actor.userId },
    select: { applicationId: true, workspaceId: true, userGroupId: true, accessLevel: true },
  });
  const placeOf = (row: Omit<Placed, "creatorId">) => row.applicationId ?? row.workspaceId ?? row.userGroupId;
  const levels = new Map(grants.map((grant) => [placeOf(grant), grant.accessLevel]));
  return (key) => (matters(key) ? (levels.get(placeOf(key)) ?? null) : null);
}
