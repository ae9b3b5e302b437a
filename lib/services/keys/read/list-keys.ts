import { mayManageKey, maySeeAllKeys, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";
import { findKeys } from "./find-keys";
import { SearchTooLong } from "./gather-keys";
import { withActivity } from "./key-activity";
import type { KeyScope } from "./key-page-sql";
import { toKeyRow } from "./key-row";
import type { KeyPage, KeyRow } from "./key-view";
import { ownLevels } from "./own-levels";
import { readKeyRecords } from "./read-key-records";

const tooLong = "There are too many keys to search for this. Type three letters or digits in a row";

/** One page of the organization's API keys. Not found if this person may not see all keys. */
export async function listKeys(context: MemberContext, input: KeyListInput): Promise<Result<KeyPage>> {
  if (!maySeeAllKeys(keyManager(context))) return failure("not_found", "There is no such page.");
  return readPage(context, input, null);
}

/** One page of the keys that this person created. Not found if they may not create keys. */
export async function listOwnKeys(context: MemberContext, input: KeyListInput): Promise<Result<KeyPage>> {
  if (!maySeeOwnKeys(keyManager(context))) return failure("not_found", "There is no such page.");
  return readPage(context, input, context.actor.userId);
}

/** The keys that a list covers: all of the organization's, or those of one person. */
export function keyScope({ organization, actor, origin }: MemberContext, creatorId: string | null): KeyScope {
  const { id: organizationId, maximumLifetimeDays, defaultKeyId } = organization;
  return {
    organizationId,
    creatorId,
    viewerId: actor.userId,
    now: origin.at,
    maximumLifetimeDays,
    defaultKeyId,
  };
}

/** One key as a list shows it, regardless of filters; null if this person may see no such key. */
export async function readKeyRow(context: MemberContext, keyId: string): Promise<KeyRow | null> {
  const [key] = await readKeyRecords(context.organization.id, [keyId]);
  if (key === undefined || key.deletedAt !== null) return null;
  if (!mayManageKey(keyManager(context), "read", key)) return null;
  return toKeyRow(key, context, (await ownLevels(database(), context, [key]))(key));
}

async function readPage(
  context: MemberContext,
  input: KeyListInput,
  creatorId: string | null,
): Promise<Result<KeyPage>> {
  const scope = keyScope(context, creatorId);
  const { organizationId } = scope;
  const answer = await findKeys(scope, input).catch((error: unknown) => {
    if (error instanceof SearchTooLong) return null;
    throw error;
  });
  if (answer === null)
    return failure("invalid_request", `${tooLong}.`, [{ field: "search", message: tooLong }]);
  const { ids, names: filterNames, ...found } = answer;
  const records = await readKeyRecords(organizationId, ids);
  const ownLevelOf = await ownLevels(database(), context, records);
  const rows = records.map((key) => toKeyRow(key, context, ownLevelOf(key)));
  return success({ rows: await withActivity(organizationId, rows, scope.now), ...found, filterNames });
}
