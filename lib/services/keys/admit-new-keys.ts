import { mayKeyCreateKey, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import type { Namespace } from "@/lib/core/access/namespace";
import { sameNamespace } from "@/lib/core/access/namespace";
import type { Role } from "@/lib/core/access/role";
import { keySees } from "@/lib/core/keys/key-reach";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import type { KeyContext } from "@/lib/services/access/key-context";
import type { Membership } from "@/lib/services/access/lock-membership";
import { readKeyPlace } from "@/lib/services/resources/read-key-place";
import { findResource } from "@/lib/services/resources/resource-table";
import type { CallingKey } from "../access/lock-calling-key";
import { callerRevoked, holdFamily, lockCallingKey } from "../access/lock-calling-key";
import { reachOf, refuseExcess } from "../access/refuse-excess";
import type { KeyAttributes } from "./key-attributes";
import type { KeyLimits } from "./key-limits";
import { roleCatalog } from "./read/find-roles";

/** A request for a key, with its expiry resolved against the server's clock. */
export type PlannedKey = GenerateKeyInput & { readonly expiresAt: Date | null };

type Admitted = {
  readonly caller: CallingKey;
  /** For each key in order, why it may not be created; null if it may. */
  readonly refusals: readonly (Failure | null)[];
};

/**
 * Locks the calling key, and checks each key that it wants to create. It may only create keys in its own namespace and
 * strictly below its own level. New keys may not have more permissions, a later expiry or looser limits than the
 * caller. The caller's creator must still be allowed to create keys.
 */
export async function admitNewKeys(
  transaction: Transaction,
  context: KeyContext,
  membership: Membership,
  keys: readonly PlannedKey[],
): Promise<Result<Admitted>> {
  const familyLives = await holdFamily(transaction, context);
  const caller = await lockCallingKey(transaction, context);
  if (!caller.ok) return caller;
  const roles = await roleCatalog(transaction, context.organization.id);
  const facts = { caller: caller.value, membership, familyLives, roles };
  const refusals = [];
  for (const key of keys) {
    const elsewhere = await refuseNamespace(transaction, context, key.namespace);
    refusals.push(elsewhere ?? refuseKey(key, facts));
  }
  return success({ caller: caller.value, refusals });
}

/**
 * The key as it will be stored. The expiry never changes, so it must come before the calling key's end under any later
 * policy. Omitted limits are inherited from the calling key; a key that a person generates then has none.
 */
export function storedKey<Key extends PlannedKey>(
  key: Key,
  caller: CallingKey | undefined,
): Key & KeyLimits & KeyAttributes {
  const { subject = null, metadata = null, labels = {} } = key;
  const { allowedAddresses = caller?.allowedAddresses ?? [], rateLimit = caller?.rateLimit ?? null } = key;
  const expiresAt = key.expiresAt ?? caller?.endOfNewKeys ?? null;
  return { ...key, expiresAt, allowedAddresses, rateLimit, subject, metadata, labels };
}

type Facts = {
  readonly caller: CallingKey;
  readonly membership: Membership;
  readonly familyLives: boolean;
  readonly roles: readonly Role[];
};

function refuseKey(key: PlannedKey, { caller, membership, familyLives, roles }: Facts): Failure | null {
  const { level, permissions } = caller;
  const refusal = refuseCreating(caller, membership);
  if (refusal !== null) return refusal;
  if (!mayKeyCreateKey({ permissions, level }, key.accessLevel)) {
    const message =
      key.accessLevel === "OWNER"
        ? "OWNER keys can be created only in the dashboard"
        : `A key of level ${level} can create only keys below its level`;
    return failure("forbidden", `${message}.`, [{ field: "accessLevel", message }]);
  }
  if (!familyLives) return callerRevoked;
  const named = roles.filter(({ id }) => key.roles.includes(id));
  const stored = storedKey(key, caller);
  return refuseExcess(reachOf({ ...stored, endsAt: stored.expiresAt }, named), caller);
}

/** Whether the calling key may create keys at all. */
export function refuseCreating({ permissions }: CallingKey, membership: Membership): Failure | null {
  if (permissions.includes("keys:create") && maySeeOwnKeys(membership)) return null;
  return failure("forbidden", "This needs the permission keys:create, and a creator who may create keys.");
}

async function refuseNamespace(
  transaction: Transaction,
  context: KeyContext,
  namespace: Namespace,
): Promise<Failure | null> {
  if (sameNamespace(namespace, context.actor.namespace)) return null;
  return (await seesNamespace(transaction, context, namespace))
    ? failure("forbidden", "A key can create keys only in its own namespace.")
    : failure("not_found", "There is no such namespace.");
}

async function seesNamespace(
  transaction: Transaction,
  context: KeyContext,
  { type, id }: Namespace,
): Promise<boolean> {
  const { organization } = context;
  if (type === "organization") return id === organization.id;
  const place = await readKeyPlace(transaction, context);
  const found = await findResource(transaction, organization.id, { type, id }, "none");
  return place !== null && found !== null && keySees(place, found);
}
