import type { AccessLevel } from "@/lib/core/access/access-level";
import { keySeesUsers, mayKeyUse } from "@/lib/core/access/manage-users-by-keys";
import { sameNamespace } from "@/lib/core/access/namespace";
import type { ListPosition } from "@/lib/core/list-cursor";
import { cutPage } from "@/lib/core/list-cursor";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { KeyContext } from "@/lib/services/access/key-context";
import type { AffectedKey, MemberConsequences } from "./member-view";
import { readKeyConsequences } from "./read-key-consequences";

type AffectedKeysInput = {
  readonly userId: string;
  /** The level that the member would get; null asks about removing them. */
  readonly accessLevel: AccessLevel | null;
  readonly limit: number;
  readonly after: ListPosition | null;
};

export type AffectedKeys = {
  readonly rows: readonly AffectedKey[];
  readonly next: ListPosition | null;
  /** Affected keys in the calling key's namespace. */
  readonly total: number;
  /** Affected keys elsewhere, which the calling key does not see. */
  readonly elsewhere: number;
};

/**
 * What removing a member, or changing their level, would do to their keys, oldest first. Takes the permission that the
 * change takes, and keys:read, because it names keys.
 */
export async function listAffectedKeys(
  context: KeyContext,
  { userId, accessLevel, ...page }: AffectedKeysInput,
): Promise<Result<AffectedKeys>> {
  const { actor } = context;
  const absent = failure("not_found", "There is no such member.");
  if (!keySeesUsers(actor)) return absent;
  const found = await readKeyConsequences(context, userId, { accessLevel });
  if (found === null) return absent;
  const verb = accessLevel === null ? "delete" : "update";
  if (mayKeyUse(actor, verb) && actor.permissions.includes("keys:read")) {
    return success(pageOfAffected(context, found, page));
  }
  return failure("forbidden", `This needs the permissions users:${verb} and keys:read.`);
}

/** Cuts the page. The keys are in memory already, since what each would lose is not in the database. */
export function pageOfAffected(
  { actor }: KeyContext,
  { keys }: MemberConsequences,
  { limit, after }: Pick<AffectedKeysInput, "limit" | "after">,
): AffectedKeys {
  const seen = keys
    .filter(({ namespace }) => sameNamespace(namespace, actor.namespace))
    .sort((a, b) => compare(a, b));
  const following = seen.filter((key) => after === null || compare(key, after) > 0);
  const { rows, next } = cutPage(following, limit);
  return { rows, next, total: seen.length, elsewhere: keys.length - seen.length };
}

function compare(a: ListPosition, b: ListPosition): number {
  const between = a.createdAt.getTime() - b.createdAt.getTime();
  return between !== 0 ? between : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
