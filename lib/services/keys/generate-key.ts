import type { AccessLevel } from "@/lib/core/access/access-level";
import { generatableLevels, mayKeyCreateKey, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import type { Namespace } from "@/lib/core/access/namespace";
import { sameNamespace } from "@/lib/core/access/namespace";
import { expiryAt } from "@/lib/core/keys/key-expiry";
import { keySees } from "@/lib/core/keys/key-reach";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import type { ActingContext, KeyContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import { lockLevelInNamespace } from "@/lib/services/access/level-in-namespace";
import type { Membership } from "@/lib/services/access/lock-membership";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { readKeyPlace } from "@/lib/services/resources/read-key-place";
import { findResource } from "@/lib/services/resources/resource-table";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import type { CallingKey } from "../access/lock-calling-key";
import { callerRevoked, holdFamily, lockCallingKey, membershipGone } from "../access/lock-calling-key";
import { reachOf, refuseExcess } from "../access/refuse-excess";
import { insertKey } from "./insert-key";
import { attributeDetails } from "./key-attributes";
import type { KeyLimits } from "./key-limits";
import { refuseUnknownRoles, rolesNamed } from "./read/find-roles";
import type { RevealedKey } from "./read/key-view";
import { refuseWithoutExpiry } from "./refuse-without-expiry";

/** The request, with its expiry resolved against the server's clock. */
type PlannedKey = GenerateKeyInput & { readonly expiresAt: Date | null };

/** Generates a key and returns its token. A secret key's token is stored nowhere. */
export async function generateKey(
  context: ActingContext,
  asked: GenerateKeyInput,
): Promise<Result<RevealedKey>> {
  const { organization, actor, origin } = context;
  const input: PlannedKey = { ...asked, expiresAt: expiryAt(asked.expiresAt, origin.at) };
  const userId = actsFor(actor);
  if (input.expiresAt !== null && input.expiresAt <= origin.at) {
    const fields = [{ field: "expiresAt", message: "The expiry must be in the future" }];
    return failure("invalid_request", "The expiry must be in the future.", fields);
  }

  return inTransaction(async (transaction) => {
    const membership = await lockMembership(transaction, organization.id, userId);
    if (membership === null) {
      return membershipGone(actor);
    }
    const namespaceLevel = await lockLevelInNamespace(transaction, organization.id, userId, input.namespace);
    // Roles are locked before any key, including the calling key.
    const unknown = await refuseUnknownRoles(transaction, organization.id, input.roles);
    const refusal = actor.kind === "user" ? refuseLevel(membership, namespaceLevel, input.accessLevel) : null;
    if (refusal !== null) return refusal;
    const late = requireFreshPassword(context, "generateKey", input);
    if (late !== null) return late;
    const caller =
      actor.kind === "user" ? null : await admitKey(transaction, { ...context, actor }, membership, input);
    if (caller?.ok === false) return caller;
    if (unknown !== null) return unknown;

    const endless = refuseWithoutExpiry(membership, input.expiresAt);
    if (endless !== null) return endless;

    const { allowedAddresses, rateLimit } = limitsOf(input, caller?.value);
    const { subject = null, metadata = null, labels = {} } = input;
    const attributes = attributeDetails({ subject, metadata, labels });
    const expiresAt = expiryOf(input, caller?.value);
    const { id, token } = await insertKey(transaction, {
      ...input,
      expiresAt,
      allowedAddresses,
      rateLimit,
      subject,
      metadata,
      labels,
      organizationId: organization.id,
      creatorId: userId,
      createdAt: origin.at,
      ...(actor.kind === "key"
        ? { createdByKeyId: actor.keyId, createdByFamilyId: caller?.value.familyId ?? null }
        : {}),
    });
    await recordAuditEntry(transaction, context, {
      action: "key.generated",
      target: { type: "key", id, name: input.name },
      details: {
        type: input.type,
        accessLevel: input.accessLevel,
        namespaceType: input.namespace.type,
        namespaceId: input.namespace.id,
        roles: input.roles,
        expiresAt: expiresAt?.toISOString() ?? null,
        ...(allowedAddresses.length === 0 ? {} : { allowedAddresses }),
        ...(rateLimit === null
          ? {}
          : { rateLimitRequests: rateLimit.requests, rateLimitSeconds: rateLimit.seconds }),
        ...(subject === null ? {} : { subject }),
        ...(metadata === null ? {} : { metadata }),
        ...(attributes.labels.length === 0 ? {} : { labels: attributes.labels }),
      },
    });
    return success({ id, name: input.name, type: input.type, token, oldSecretEndsAt: null });
  });
}

/**
 * Checks that the calling key may create this key. It may create keys only in its own namespace and strictly below
 * its own level. A new key may not have more permissions, a later expiry or looser limits than the caller. The
 * caller's creator must still be allowed to create keys.
 */
async function admitKey(
  transaction: Transaction,
  context: KeyContext,
  membership: Membership,
  input: PlannedKey,
): Promise<Result<CallingKey>> {
  const familyLives = await holdFamily(transaction, context);
  const caller = await lockCallingKey(transaction, context);
  if (!caller.ok) return caller;
  const { namespace, accessLevel } = input;
  const { level, permissions } = caller.value;
  const own = context.actor.namespace;
  if (!sameNamespace(namespace, own)) {
    return (await seesNamespace(transaction, context, namespace))
      ? failure("forbidden", "A key can create keys only in its own namespace.")
      : failure("not_found", "There is no such namespace.");
  }
  if (!permissions.includes("keys:create") || !maySeeOwnKeys(membership)) {
    return failure("forbidden", "This needs the permission keys:create, and a creator who may create keys.");
  }
  if (!mayKeyCreateKey({ permissions, level }, accessLevel)) {
    const message = `A key of level ${level} can only create keys below its level`;
    return failure("forbidden", `${message}.`, [{ field: "accessLevel", message }]);
  }
  if (!familyLives) return callerRevoked;
  const roles = await rolesNamed(transaction, context.organization.id, input.roles);
  const planned = { ...input, ...limitsOf(input, caller.value), endsAt: expiryOf(input, caller.value) };
  return refuseExcess(reachOf(planned, roles), caller.value) ?? caller;
}

/** The expiry that is stored. It never changes, so it must lie within the calling key's end under any later policy. */
function expiryOf({ expiresAt }: PlannedKey, caller: CallingKey | undefined): Date | null {
  return expiresAt ?? caller?.endOfNewKeys ?? null;
}

/** Limits that the request leaves out are the calling key's; a key that a person generates has none. */
function limitsOf(input: PlannedKey, caller: CallingKey | undefined): KeyLimits {
  const { allowedAddresses = caller?.allowedAddresses ?? [], rateLimit = caller?.rateLimit ?? null } = input;
  return { allowedAddresses, rateLimit };
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

/** Names the field at fault, for a dialog that was open while the person's access changed. */
function refuseLevel(
  membership: Membership,
  namespaceLevel: AccessLevel | null,
  asked: AccessLevel,
): Failure | null {
  if (!maySeeOwnKeys(membership)) {
    return failure("forbidden", "You may not generate keys in this organization.");
  }
  if (namespaceLevel === null) {
    const message = "You no longer have access to this namespace, or it was deleted";
    return failure("forbidden", `${message}.`, [{ field: "namespace", message }]);
  }
  const levels = generatableLevels(membership, namespaceLevel);
  if (levels.includes(asked)) return null;
  const message = `You are now ${namespaceLevel} there, and a key cannot be above your own level`;
  return failure("forbidden", `${message}.`, [{ field: "accessLevel", message }]);
}
