import type { AccessLevel } from "@/lib/core/access-level";
import type { KeyCreators } from "@/lib/core/permission";
import { levelHolds } from "@/lib/core/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { MemberContext } from "@/lib/services/context";

export type LockedMembers = {
  readonly keyCreators: KeyCreators;
  /** The level of each asked for who is a member, and of every owner. */
  readonly levels: ReadonlyMap<string, AccessLevel>;
};

/**
 * The memberships that a change of one depends on, held until the transaction ends: who asks, the member
 * it is about, whoever gets their keys, and every owner, since one of them must remain. Locked in the
 * order of their ids, and before any key: two owners who demote each other wait for each other, and the
 * second finds what the first has done. [L5]
 *
 * @param userIds the member first, then those who get keys
 */
export async function lockMembers(
  transaction: Transaction,
  { organization, actor }: MemberContext,
  permission: "users:update" | "users:delete",
  userIds: readonly [string, ...string[]],
): Promise<Result<LockedMembers>> {
  // The organization first, as whoever changes it does.
  const [settings] = await transaction.$queryRaw<{ keyCreators: KeyCreators }[]>`
    SELECT key_creators::text AS "keyCreators" FROM organizations WHERE id = ${organization.id}::uuid FOR SHARE`;
  const asked = [actor.userId, ...userIds].map((id) => Prisma.sql`${id}::uuid`);
  const rows = await transaction.$queryRaw<{ userId: string; level: AccessLevel }[]>`
    SELECT user_id::text AS "userId", access_level::text AS level FROM members
    WHERE organization_id = ${organization.id}::uuid
      AND (access_level = 'OWNER' OR user_id IN (${Prisma.join(asked)}))
    ORDER BY user_id FOR UPDATE`;
  const levels = new Map(rows.map((row) => [row.userId, row.level]));
  const own = levels.get(actor.userId);
  if (settings === undefined || own === undefined) {
    return failure("not_found", "There is no such organization.");
  }
  const { keyCreators } = settings;
  if (!levelHolds(own, permission, keyCreators)) {
    return failure("forbidden", "Only an owner may change who is a member, and as what.");
  }
  if (!levels.has(userIds[0])) return failure("not_found", "There is no such member.");
  return success({ keyCreators, levels });
}

/** An organization always keeps at least one owner: a refusal when this is the last; null when not. */
export function refuseLastOwner({ levels }: LockedMembers, userId: string) {
  const owners = [...levels].filter(([, level]) => level === "OWNER");
  if (owners.length !== 1 || owners[0]?.[0] !== userId) return null;
  return failure(
    "conflict",
    "The last owner can neither leave nor be demoted. Make someone else an owner first.",
  );
}
