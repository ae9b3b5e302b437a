import { maySeeAllKeys, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { Prisma } from "@/lib/db/generated/client";
import type { KeySelection } from "@/lib/schemas/bulk/bulk-keys";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";
import { keysMatching } from "../read/find-keys";
import { keyScope } from "../read/list-keys";
import { keysNamed } from "./bulk-key";

/**
 * The condition on the key `k` that selects the ticked keys, or all keys that match the list. Not found if the person
 * may not see that list.
 */
export async function seeSelectedKeys(
  context: MemberContext,
  { own, ids, address }: KeySelection,
): Promise<Result<Prisma.Sql>> {
  if (ids !== null) return seeNamedKeys(context, { own, ids });
  const seen = whoseKeys(context, own);
  return seen.ok ? success(await keysMatching(keyScope(context, seen.value), address)) : seen;
}

/** Like `seeSelectedKeys`, for keys given by their ids. */
export function seeNamedKeys(
  context: MemberContext,
  { own, ids }: { readonly own: boolean; readonly ids: readonly string[] },
): Result<Prisma.Sql> {
  const seen = whoseKeys(context, own);
  if (!seen.ok) return seen;
  const named = keysNamed(context.organization.id, ids);
  const theirs = seen.value === null ? Prisma.empty : Prisma.sql`AND k.creator_id = ${seen.value}::uuid`;
  return success(Prisma.sql`${named} ${theirs}`);
}

/** The creator whose keys the list shows; null for a list of everyone's. */
function whoseKeys(context: MemberContext, own: boolean): Result<string | null> {
  const manager = keyManager(context);
  if (!(own ? maySeeOwnKeys(manager) : maySeeAllKeys(manager))) {
    return failure("not_found", "There is no such page.");
  }
  return success(own ? context.actor.userId : null);
}
