import type { CredentialReach } from "@/lib/core/credential-bounds";
import { excessOf } from "@/lib/core/credential-bounds";
import { effectivePermissions } from "@/lib/core/effective-permissions";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { Role } from "@/lib/core/role";
import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { KeyLimits } from "../keys/key-limits";
import { limitsOfKey } from "../keys/key-limits";
import { keyRoles } from "../keys/read/key-row";
import type { OrganizationId } from "./context";
import type { ActingContext } from "./key-context";
import type { CallingKey } from "./lock-calling-key";
import { readCallingKey } from "./lock-calling-key";

/** Refuses what would be wider, longer or freer than the credential that asks. */
export function refuseExcess(reach: CredentialReach, caller: CallingKey): Failure | null {
  const excess = excessOf(reach, caller);
  if (excess === null) return null;
  const { field, message } = excess;
  return failure(field === "expiresAt" ? "invalid_request" : "forbidden", `${message}.`, [
    { field, message },
  ]);
}

/** How far a key of these facts reaches, whatever becomes of its creator and of the organization's settings. */
export function reachOf(
  key: Pick<ApiKeyModel, "type" | "accessLevel" | "expiresAt"> & KeyLimits,
  roles: readonly Role[],
): CredentialReach {
  const { type, accessLevel, expiresAt, allowedAddresses, rateLimit } = key;
  const facts = { type, accessLevel, roles, creatorLevel: "OWNER", keyCreators: "MEMBER" } as const;
  return { permissions: effectivePermissions(facts).permissions, expiresAt, allowedAddresses, rateLimit };
}

/** The same of a key that is there. */
export async function reachOfKey(
  transaction: Transaction,
  organizationId: OrganizationId,
  key: ApiKeyModel,
): Promise<CredentialReach> {
  const roles = await transaction.apiKeyRole.findMany({
    where: { organizationId, keyId: key.id },
    include: { role: true },
  });
  return reachOf({ ...key, ...limitsOfKey(key) }, keyRoles({ roles }));
}

/** An access token, and a key that one made, give and widen only keys that end with the same family. */
export function refuseOutliving(key: ApiKeyModel, caller: CallingKey): Failure | null {
  if (caller.familyId === null || key.createdByFamilyId === caller.familyId) return null;
  return failure(
    "forbidden",
    "This key can outlive the access token that asks, or that made the key that asks. Use a key that no token made.",
  );
}

/** A roll gives the token of what it rolls, so that must reach no further than who asks. Itself a key may always roll. */
export async function refuseTokenOf(
  transaction: Transaction,
  { actor, ...context }: ActingContext,
  key: ApiKeyModel,
): Promise<Failure | null> {
  if (actor.kind === "user" || actor.keyId === key.id) return null;
  const caller = await readCallingKey(transaction, { ...context, actor });
  if (!caller.ok) return caller;
  const reach = await reachOfKey(transaction, context.organization.id, key);
  return refuseOutliving(key, caller.value) ?? refuseExcess(reach, caller.value);
}
