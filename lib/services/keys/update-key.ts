import { isNarrowing } from "@/lib/core/keys/credential-bounds";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { changeDetails, recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { markAgain } from "@/lib/verify/usage/mark-over-privileged";
import { readCallingKey } from "../access/lock-calling-key";
import type { LockedKey } from "../access/lock-key";
import { lockKey } from "../access/lock-key";
import { reachOf, reachOfKey, refuseExcess, refuseOutliving } from "../access/refuse-excess";
import { insertRoles } from "./insert-key";
import type { KeyAttributes } from "./key-attributes";
import { attributesOfKey, changedAttributes } from "./key-attributes";
import type { KeyLimits } from "./key-limits";
import { changedLimits, limitColumns, limitsOfKey } from "./key-limits";
import { refuseOtherVersion } from "./key-version";
import { refuseUnknownRoles, rolesNamed } from "./read/find-roles";
import { keyRoles } from "./read/key-row";

/** Omitted fields stay unchanged. */
type KeyChange = {
  readonly keyId: string;
  /** The key's version that this change is based on; undefined skips the check. */
  readonly version?: number | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly roles?: readonly string[] | undefined;
} & { readonly [Name in keyof Changeable]?: Changeable[Name] | undefined };
type Changeable = KeyLimits & KeyAttributes;

/** Changes a key's name, description, roles, limits and attributes. A revoked key can no longer be edited. */
export async function updateKey(context: ActingContext, change: KeyChange): Promise<Result<null>> {
  const { keyId } = change;
  const { id: organizationId } = context.organization;
  return inTransaction(async (transaction) => {
    const unknown = await lockRoles(transaction, context, change.roles);
    const locked = await lockKey(transaction, context, "update", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    if (key.revokedAt !== null) return failure("conflict", "This API key is revoked and cannot be edited.");
    const carried = await transaction.apiKeyRole.findMany({
      where: { organizationId, keyId },
      include: { role: true },
      orderBy: { id: "asc" },
    });
    const rolesBefore = keyRoles({ roles: carried }).map(({ id }) => id);
    const stale = refuseOtherVersion(key, change.version);
    if (stale !== null) return { ...stale, current: { ...stale.current, roles: rolesBefore } };
    if (unknown !== null) return unknown;
    const { name = key.name, description = key.description, roles = rolesBefore } = change;
    const sameRoles = [...roles].sort().join() === [...rolesBefore].sort().join();
    const limits = changedLimits(limitsOfKey(key), change);
    const attributes = changedAttributes(attributesOfKey(key), change);
    const sameNames = key.name === name && key.description === description;
    if (sameNames && sameRoles && limits === null && attributes === null) return success(null);
    const refusal = await refuseWidening(transaction, context, key, { roles, limits: limits?.after });
    if (refusal !== null) return refusal;
    const { accessLevel } = key;
    const powerChanges = !sameRoles || limits !== null;
    const late = requireFreshPassword(context, "updateKey", { accessLevel, powerChanges });
    if (late !== null) return late;
    await transaction.apiKey.update({
      where: { id: keyId, organizationId },
      data: {
        name,
        description,
        version: { increment: 1 },
        ...(limits === null ? {} : limitColumns(limits.after)),
        ...attributes?.after,
      },
    });
    if (!sameRoles) {
      await transaction.apiKeyRole.deleteMany({ where: { organizationId, keyId } });
      await insertRoles(transaction, organizationId, [{ id: keyId, roles }]);
      await markAgain(transaction, [keyId], context.origin.at);
    }
    await recordAuditEntry(transaction, context, {
      action: "key.updated",
      target: { type: "key", id: keyId, name },
      details: {
        ...changeDetails({ name: key.name, description: key.description }, { name, description }),
        ...(sameRoles ? {} : changeDetails({ roles: rolesBefore }, { roles })),
        ...limits?.details,
        ...attributes?.details,
      },
    });
    return success(null);
  });
}

/**
 * Locks the actor's membership, then the new roles, since both come before any key. Locks nothing if the change
 * contains no roles, because lockKey locks the membership itself.
 *
 * @returns the refusal of an unknown role; null if there is none
 */
async function lockRoles(
  transaction: Transaction,
  { organization, actor }: ActingContext,
  roles: readonly string[] | undefined,
): Promise<Failure | null> {
  if (roles === undefined) return null;
  await lockMembership(transaction, organization.id, actsFor(actor));
  return refuseUnknownRoles(transaction, organization.id, roles);
}

/**
 * Refuses to widen a key beyond the caller's own reach. Narrowing is always allowed. Reads the caller's current state;
 * lockKey has already locked its row.
 */
async function refuseWidening(
  transaction: Transaction,
  { actor, ...context }: ActingContext,
  key: LockedKey,
  change: { readonly roles: readonly string[]; readonly limits: KeyLimits | undefined },
): Promise<Failure | null> {
  if (actor.kind === "user") return null;
  const { id: organizationId } = context.organization;
  const before = await reachOfKey(transaction, organizationId, key);
  const roles = await rolesNamed(transaction, organizationId, change.roles);
  const after = reachOf({ ...key, ...(change.limits ?? limitsOfKey(key)), endsAt: before.endsAt }, roles);
  if (isNarrowing(before, after)) return null;
  const caller = await readCallingKey(transaction, { ...context, actor });
  if (!caller.ok) return caller;
  return refuseOutliving(key, caller.value) ?? refuseExcess(after, caller.value);
}
