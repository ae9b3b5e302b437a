import type { AccessLevel } from "@/lib/core/access/access-level";
import { generatableLevels } from "@/lib/core/access/manage-keys";
import type { KeyCreators } from "@/lib/core/access/permission";
import { builtInRole } from "@/lib/core/access/role";
import { type BulkFacts, whySkipped } from "@/lib/core/keys/bulk/bulk-change";
import { type LifetimeBound, maximumFor } from "@/lib/core/keys/effective-end";
import { keyStanding } from "@/lib/core/keys/key-status";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { BulkChange } from "@/lib/schemas/bulk/bulk-keys";
import type { OrganizationId } from "@/lib/services/access/context";
import type { BulkKey } from "./bulk-key";

/** What the decisions depend on besides the keys themselves. */
export type BulkSurroundings = {
  readonly now: Date;
  readonly bound: LifetimeBound;
  readonly keyCreators: KeyCreators;
  /** Whether this person may change this key. */
  readonly allowed: (key: BulkKey) => boolean;
  /** Only for transfers. */
  readonly receiver: {
    readonly level: AccessLevel;
    readonly levelFor: (key: BulkKey) => AccessLevel | null;
  } | null;
  readonly roles: ReadonlyMap<string, { readonly count: number; readonly carries: boolean }>;
};

/** Why this change skips a key; null if it changes it. */
export function whyLeft(change: BulkChange, key: BulkKey, around: BulkSurroundings) {
  const { now, bound, keyCreators, receiver, roles } = around;
  const times = { ...key, maximumLifetimeDays: maximumFor(bound, key.id) };
  const facts: BulkFacts = {
    standing: keyStanding(times, now),
    accessLevel: key.accessLevel,
    allowed: around.allowed(key),
    carriesRole: roles.get(key.id)?.carries ?? false,
    roles: roles.get(key.id)?.count ?? 0,
    isDefault: key.id === bound.defaultKeyId,
    isReceivers: change.verb === "transfer" && key.creatorId === change.toUserId,
    mayReceive:
      receiver !== null &&
      generatableLevels({ level: receiver.level, keyCreators }, receiver.levelFor(key)).includes(
        key.accessLevel,
      ),
  };
  return whySkipped(change.verb, facts);
}

/** How many roles each key has, and whether the given role is one of them. Keys without roles are left out. */
export async function readRolesOf(
  transaction: Transaction,
  organizationId: OrganizationId,
  role: string,
  keyIds: readonly string[],
): Promise<BulkSurroundings["roles"]> {
  const isNamed =
    builtInRole(role) === undefined
      ? Prisma.sql`r.role_id = (SELECT id FROM roles
          WHERE organization_id = ${organizationId}::uuid AND roles.role_id = ${role})`
      : Prisma.sql`r.built_in_role_id = ${role}`;
  const rows = await transaction.$queryRaw<{ id: string; count: number; carries: boolean }[]>`
    SELECT r.key_id AS id, count(*)::int AS count, coalesce(bool_or(${isNamed}), false) AS carries
    FROM api_key_roles r WHERE r.organization_id = ${organizationId}::uuid AND r.key_id = ANY(${[...keyIds]})
    GROUP BY r.key_id`;
  return new Map(rows.map(({ id, ...found }) => [id, found]));
}
