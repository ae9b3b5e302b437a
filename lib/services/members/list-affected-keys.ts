import type { AccessLevel } from "@/lib/core/access/access-level";
import { keySeesUsers, mayKeyUse } from "@/lib/core/access/manage-users-by-keys";
import { sameNamespace } from "@/lib/core/access/namespace";
import type { ListPosition } from "@/lib/core/list-cursor";
import { cutPage } from "@/lib/core/list-cursor";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { KeyContext } from "@/lib/services/access/key-context";
import type { AffectedKey } from "./member-view";
import type { KeyConsequences } from "./read-key-consequences";
import { readAffectedKeys, readKeyConsequences } from "./read-key-consequences";

type AffectedKeysInput = {
  readonly userId: string;
  /** The level that the member would get; null to remove them. */
  readonly accessLevel: AccessLevel | null;
  readonly limit: number;
  readonly after: ListPosition | null;
};

export type AffectedKeys = {
  readonly rows: readonly AffectedKey[];
  readonly next: ListPosition | null;
  /** Affected keys in the calling key's namespace. */
  readonly total: number;
  /** Affected keys in other namespaces, which the calling key does not see. */
  readonly elsewhere: number;
};

/**
 * What removing a member, or changing their level, would do to their keys, oldest first. Requires the permission for
 * the change and keys:read, because it names keys.
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
    return success(await pageOfAffected(context, found, page));
  }
  return failure("forbidden", `This needs the permissions users:${verb} and keys:read.`);
}

/** One page of the affected keys that the calling key sees. */
export async function pageOfAffected(
  context: KeyContext,
  found: KeyConsequences,
  { limit, after }: Pick<AffectedKeysInput, "limit" | "after">,
): Promise<AffectedKeys> {
  const { namespace: own } = context.actor;
  const groups = [...found.groups];
  const seen = groups.filter(([, { namespace }]) => sameNamespace(namespace, own));
  const count = (of: typeof groups) => of.reduce((total, [, { keys }]) => total + keys, 0);
  const following =
    after === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`(created_at, id COLLATE "C") > (${after.createdAt}::timestamptz, ${after.id})`;
  const ids = await database().$queryRaw<{ id: string }[]>`
    SELECT id FROM (${found.keys}) affected
    WHERE alike = ANY(${seen.map(([alike]) => alike)}) AND ${following}
    ORDER BY created_at, id COLLATE "C" LIMIT ${limit + 1}`;
  const read = await readAffectedKeys(
    context,
    found,
    ids.map(({ id }) => id),
  );
  const { rows, next } = cutPage(
    ids.flatMap(({ id }) => read.filter((key) => key.id === id)),
    limit,
  );
  return { rows, next, total: count(seen), elsewhere: count(groups) - count(seen) };
}
