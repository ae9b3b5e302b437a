import { maySeeAllKeys, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { MemberContext } from "@/lib/services/access/context";
import { ownLevels } from "@/lib/services/access/own-levels";
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
  const organizationId = context.organization.id;
  const { ids, ...found } = await findKeys({ organizationId, creatorId, now: context.origin.at }, input);
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
