import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import type { Permission } from "@/lib/core/access/permission";
import type { Role } from "@/lib/core/access/role";
import type { CredentialReach } from "@/lib/core/keys/credential-bounds";
import { excessOf, missingFrom } from "@/lib/core/keys/credential-bounds";
import type { KeyLifetime } from "@/lib/core/keys/effective-end";
import { effectiveEnd, maximumFor } from "@/lib/core/keys/effective-end";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { KeyLimits } from "../keys/key-limits";
import { limitsOfKey } from "../keys/key-limits";
import { keyRoles } from "../keys/read/key-row";
import type { OrganizationId } from "./context";
import type { ActingContext, KeyContext } from "./key-context";
import type { CallingKey } from "./lock-calling-key";
import { readCallingKey } from "./lock-calling-key";
import type { LockedKey } from "./lock-key";
import { readLifetimeBound } from "./read-lifetime-bound";

/** Refuses a key with more permissions, a later expiry or looser limits than the calling credential. */
export function refuseExcess(reach: CredentialReach, caller: CallingKey): Failure | null {
  const excess = excessOf(reach, caller);
  if (excess === null) return null;
  const { field, message } = excess;
  return failure(field === "expiresAt" ? "invalid_request" : "forbidden", `${message}.`, [
    { field, message },
  ]);
}

/**
 * A looser setting holds for every key of the organization, and has neither an end nor limits. So a key that has them, or
 * that ends with a token, may only tighten one. Otherwise keys could do more after its end than it ever gave them.
 *
 * @param given the permissions that keys gain by the setting
 */
export function refuseLoosening(caller: CallingKey, given: readonly Permission[] = []): Failure | null {
  const lasting = {
    permissions: given,
    endsAt: null,
    ownExpiresAt: null,
    allowedAddresses: [],
    rateLimit: null,
  };
  const isLimited = caller.familyId !== null || excessOf({ ...lasting, permissions: [] }, caller) !== null;
  if (isLimited) {
    return failure(
      "forbidden",
      "Only a key without an expiry or limits can relax this setting. Use the dashboard.",
    );
  }
  const missing = missingFrom(caller, given);
  return missing === null ? null : failure("forbidden", `${missing}.`);
}

type Ends = Pick<CredentialReach, "endsAt"> & Pick<ApiKeyModel, "expiresAt">;

/** The most a key with these properties could ever do, whatever its creator's level and the organization's settings. */
export function reachOf(
  key: Pick<ApiKeyModel, "type" | "accessLevel"> & Ends & KeyLimits,
  roles: readonly Role[],
): CredentialReach {
  const { type, accessLevel, endsAt, expiresAt: ownExpiresAt, allowedAddresses, rateLimit } = key;
  const facts = { type, accessLevel, roles, creatorLevel: "OWNER", keyCreators: "MEMBER" } as const;
  const { permissions } = effectivePermissions(facts);
  return { permissions, endsAt, ownExpiresAt, allowedAddresses, rateLimit };
}

/** The same for an existing key with these roles. */
export function reachOfRow(key: KeyRowLife, roles: readonly Role[]): CredentialReach {
  return reachOf({ ...key, ...limitsOfKey(key), endsAt: effectiveEnd(key) }, roles);
}
type KeyRowLife = Pick<LockedKey, "type" | "accessLevel" | keyof KeyLifetime> &
  Parameters<typeof limitsOfKey>[0];

/** The same for an existing key with the roles that it carries. */
export async function reachOfKey(
  transaction: Transaction,
  organizationId: OrganizationId,
  key: LockedKey,
): Promise<CredentialReach> {
  const roles = await transaction.apiKeyRole.findMany({
    where: { organizationId, keyId: key.id },
    include: { role: true },
  });
  return reachOfRow(key, keyRoles({ roles }));
}

/**
 * Refuses a key that may outlive the caller's token family. An access token, or a key created with one, may widen and
 * roll only keys of the same family.
 */
export function refuseOutliving(key: ApiKeyModel, caller: CallingKey): Failure | null {
  if (caller.familyId === null || key.createdByFamilyId === caller.familyId) return null;
  return failure(
    "forbidden",
    "This key can outlive the calling access token, or the token that created the calling key. Use a key that was not created with a token.",
  );
}

/**
 * A roll returns the key's new token, and a resumption gives the key back what it could do. So the key must reach no
 * further than the caller. A key may always roll itself.
 */
export async function refuseBeyondCaller(
  transaction: Transaction,
  { actor, ...context }: ActingContext,
  key: LockedKey,
): Promise<Failure | null> {
  if (actor.kind === "user" || actor.keyId === key.id) return null;
  const caller = await readCallingKey(transaction, { ...context, actor });
  if (!caller.ok) return caller;
  const reach = await reachOfKey(transaction, context.organization.id, key);
  return refuseOutliving(key, caller.value) ?? refuseExcess(reach, caller.value);
}

/**
 * The same for a key together with others that were made by its tokens: those may be very many.
 *
 * @param others may contain the key itself
 */
export async function refuseAnyBeyondCaller(
  transaction: Transaction,
  context: KeyContext,
  others: readonly ApiKeyModel[],
  key: LockedKey,
): Promise<Failure | null> {
  const own = await refuseBeyondCaller(transaction, context, key);
  if (own !== null) return own;
  const { actor } = context;
  const caller = await readCallingKey(transaction, context);
  if (!caller.ok) return caller;
  const bound = await readLifetimeBound(transaction, context.organization.id);
  const checked = others.filter(({ id }) => id !== actor.keyId && id !== key.id);
  for (let from = 0; from < checked.length; from += rolesAtOnce) {
    const some = checked.slice(from, from + rolesAtOnce);
    const roles = await transaction.apiKeyRole.findMany({
      where: { organizationId: context.organization.id, keyId: { in: some.map(({ id }) => id) } },
      include: { role: true },
    });
    const rolesOf = new Map(some.map(({ id }) => [id, [] as typeof roles]));
    for (const role of roles) rolesOf.get(role.keyId)?.push(role);
    for (const each of some) {
      const life = { ...each, maximumLifetimeDays: maximumFor(bound, each.id) };
      const reach = reachOfRow(life, keyRoles({ roles: rolesOf.get(each.id) ?? [] }));
      const refused = refuseOutliving(each, caller.value) ?? refuseExcess(reach, caller.value);
      if (refused !== null) return refused;
    }
  }
  return null;
}

/** A statement has no more than 32,767 parameters, and each id here is one. */
const rolesAtOnce = 5_000;
