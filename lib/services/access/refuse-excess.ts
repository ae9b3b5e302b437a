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
 * Refuses to relax a setting if the calling key has an expiry or limits, or ends with a token. A relaxed setting lasts,
 * and applies to every key of the organization: keys could then do more after the caller's end than it ever could.
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

/** The reach of an existing key with these roles. */
export function reachOfRow(key: KeyRowLife, roles: readonly Role[]): CredentialReach {
  return reachOf({ ...key, ...limitsOfKey(key), endsAt: effectiveEnd(key) }, roles);
}
type KeyRowLife = Pick<LockedKey, "type" | "accessLevel" | keyof KeyLifetime> &
  Parameters<typeof limitsOfKey>[0];

/** The reach of an existing key with its own roles. */
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
 * Refuses to roll or resume a key that reaches further than the caller: a roll returns the key's new token, and
 * resuming restores its access. A key may always roll itself.
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
 * Like `refuseBeyondCaller`, for a key together with the keys that its tokens created, which may be very many.
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

/** A statement takes at most 32,767 parameters, and each id here is one. */
const rolesAtOnce = 5_000;
