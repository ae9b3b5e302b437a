import { isBelow } from "@/lib/core/access/access-level";
import { newlyGiven } from "@/lib/core/access/manage-roles-by-keys";
import type { Role } from "@/lib/core/access/role";
import { excessOf, isNarrowing, missingFrom } from "@/lib/core/keys/credential-bounds";
import { maximumFor } from "@/lib/core/keys/effective-end";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { CallingKey } from "@/lib/services/access/lock-calling-key";
import { readLifetimeBound } from "@/lib/services/access/read-lifetime-bound";
import { reachOfRow, refuseOutliving } from "@/lib/services/access/refuse-excess";
import { keyRoles } from "../keys/read/key-row";

type Content = Pick<Role, "permissions" | "publishable">;

const carrierInclude = { roles: { include: { role: true } } } as const satisfies Prisma.ApiKeyInclude;

/** A key can only add permissions to a role that it has itself, and so could give to a key. */
export function refuseGiven(
  before: Content | null,
  after: Content,
  caller: CallingKey | null,
): Failure | null {
  const message = caller === null ? null : missingFrom(caller, newlyGiven(before, after));
  return message === null ? null : failure("forbidden", `${message}.`, [{ field: "permissions", message }]);
}

/** The keys that have the role and have not ended. No other key can get it while the role's row is locked. */
export async function carriersOf(
  transaction: Transaction,
  organizationId: OrganizationId,
  roleRowId: string,
  now: Date,
): Promise<string[]> {
  const keys = await transaction.apiKey.findMany({
    where: carrying(organizationId, roleRowId, now),
    select: { id: true },
  });
  return keys.map(({ id }) => id);
}

/**
 * Changing a role changes every key that has it, so it requires the right to change each of them: to give a key more,
 * the calling key must see it, be above its level, and stay within its own bounds. The keys are locked already.
 */
export async function refuseGains(
  transaction: Transaction,
  organizationId: OrganizationId,
  role: Content & { readonly id: string; readonly roleId: string },
  after: Content,
  { caller, now }: { readonly caller: CallingKey; readonly now: Date },
): Promise<Failure | null> {
  const carriers = await transaction.apiKey.findMany({
    where: carrying(organizationId, role.id, now),
    include: carrierInclude,
  });
  const bound = await readLifetimeBound(transaction, organizationId);
  const beyond = carriers.filter((key) => {
    const roles = keyRoles(key);
    const changed = roles.map((each) => (each.id === role.roleId ? { ...each, ...after } : each));
    const living = { ...key, maximumLifetimeDays: maximumFor(bound, key.id) };
    const reach = reachOfRow(living, changed);
    if (isNarrowing(reachOfRow(living, roles), reach)) return false;
    return (
      key.namespaceType !== "organization" ||
      !isBelow(key.accessLevel, caller.level) ||
      refuseOutliving(key, caller) !== null ||
      excessOf(reach, caller) !== null
    );
  });
  if (beyond.length === 0) return null;
  const [keys, them] = beyond.length === 1 ? ["1 key", "it"] : [`${beyond.length} keys`, "them"];
  const message = `With this role ${keys} would gain permissions that this key cannot give ${them}`;
  const detail = `${message}. A key can give more only to keys of its own namespace, below its level and within its own limits. Create another role, or ask an owner.`;
  return failure("forbidden", detail, [{ field: "permissions", message }]);
}

/** Only their own expiry counts: the maximum lifetime can be raised, which revives a key. */
function carrying(organizationId: OrganizationId, roleId: string, now: Date) {
  return {
    organizationId,
    revokedAt: null,
    roles: { some: { roleId } },
    OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
  } satisfies Prisma.ApiKeyWhereInput;
}
