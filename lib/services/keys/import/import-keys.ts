import type { Failure, FieldError, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { KeyContext } from "@/lib/services/access/key-context";
import { lockLevelInNamespace } from "@/lib/services/access/level-in-namespace";
import type { Membership } from "@/lib/services/access/lock-membership";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { membershipGone } from "../../access/lock-calling-key";
import type { PlannedKey } from "../admit-new-keys";
import { admitNewKeys, refuseCreating, storedKey } from "../admit-new-keys";
import { newKeyDetails } from "../new-key-details";
import { unknownRole, unknownRoles } from "../read/find-roles";
import { refuseTooManyKeys } from "../refuse-too-many-keys";
import { refuseWithoutExpiry } from "../refuse-without-expiry";
import { insertImported, takenHashes } from "./imported-rows";

/** A key of another system. */
export type KeyToImport = Omit<PlannedKey, "type"> & {
  /** The token's SHA-256, as 64 lowercase hex digits. */
  readonly sha256: string;
};

/**
 * Imports keys of another system, whose tokens then work as this organization's. Latchkey never learns the tokens, only
 * their SHA-256. A calling key may import what it may create. All keys are imported or none.
 *
 * A token belongs to one key forever: it cannot be imported again, even after its key has ended.
 *
 * @param keys no two of them with the same hash
 * @returns the keys' ids, in the same order
 */
export async function importKeys(
  context: KeyContext,
  { keys }: { readonly keys: readonly KeyToImport[] },
): Promise<Result<readonly string[]>> {
  const { organization, actor, origin } = context;
  const planned = keys.map((key) => ({ ...key, type: "secret" as const }));
  return inTransaction(async (transaction) => {
    await lockImports(transaction, organization.id);
    const membership = await lockMembership(transaction, organization.id, actor.creatorId);
    if (membership === null) return membershipGone(actor);
    await lockLevelInNamespace(transaction, organization.id, actor.creatorId, actor.namespace);
    // Lock roles before any key, including the calling key.
    const roles = [...new Set(keys.flatMap((key) => key.roles))];
    const unknown = await unknownRoles(transaction, organization.id, roles);
    const admitted = await admitNewKeys(transaction, context, membership, planned);
    if (!admitted.ok) return admitted;
    const { caller, refusals } = admitted.value;
    const mayNot = refuseCreating(caller, membership);
    if (mayNot !== null) return mayNot;
    const taken = await takenHashes(transaction, organization.id, keys);
    const refused = refusal(
      keys.map(
        (key, index) =>
          atItem(refusals[index]) ?? refuseKey(key, { at: origin.at, membership, unknown, taken }),
      ),
    );
    if (refused !== null) return refused;
    const { familyId } = caller;
    const many = await refuseTooManyKeys(transaction, context, { membership, familyId, count: keys.length });
    if (many !== null) return { ...many, detail: `No key was imported. ${many.detail}` };

    const imported = planned.map(({ sha256, ...key }) => ({ sha256, key: storedKey(key, caller) }));
    const ids = await insertImported(
      transaction,
      organization.id,
      imported.map(({ sha256, key }) => ({
        sha256,
        ...key,
        organizationId: organization.id,
        creatorId: actor.creatorId,
        createdAt: origin.at,
        createdByKeyId: actor.keyId,
        createdByFamilyId: familyId,
      })),
    );
    const [first, ...rest] = imported.map(({ key }, index) => ({
      action: "key.imported" as const,
      target: { type: "key" as const, id: ids[index] ?? "", name: key.name },
      details: newKeyDetails(key),
    }));
    if (first !== undefined) await recordAuditEntry(transaction, context, first, ...rest);
    return success(ids);
  });
}

/**
 * Serializes an organization's imports: if two contain the same token, perhaps hashed under different peppers, the
 * second must see the first. Takes the exclusive lock before the membership's shared one, so that two imports cannot
 * deadlock.
 */
async function lockImports(transaction: Transaction, organizationId: OrganizationId): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM organizations WHERE id = ${organizationId}::uuid FOR UPDATE`;
}

type Facts = {
  readonly at: Date;
  readonly membership: Membership;
  readonly unknown: readonly string[];
  readonly taken: ReadonlySet<string>;
};

function refuseKey(key: KeyToImport, { at, membership, unknown, taken }: Facts): Failure | null {
  const invalid = (field: string, message: string) =>
    failure("invalid_request", `${message}.`, [{ field, message }]);
  if (key.expiresAt !== null && key.expiresAt <= at) {
    return invalid("expiresAt", "The expiry must be in the future");
  }
  const endless = refuseWithoutExpiry(membership, key.expiresAt);
  if (endless !== null) return endless;
  const missing = key.roles.filter((role) => unknown.includes(role));
  if (missing.length > 0) return invalid("roles", unknownRole(missing));
  if (!taken.has(key.sha256)) return null;
  const message = "This token is already imported. A token can belong to only one key";
  return failure("conflict", `${message}.`, [{ field: "sha256", message }]);
}

/** Reports a namespace that the caller does not see as a fault of the key that names it. */
function atItem(refused: Failure | null | undefined): Failure | null {
  if (refused?.code !== "not_found") return refused ?? null;
  const message = "There is no such namespace";
  return failure("invalid_request", refused.detail, [{ field: "namespace", message }]);
}

/** A single refusal that names each key at fault; null if none was refused. */
function refusal(refusals: readonly (Failure | null)[]): Failure | null {
  const [first] = refusals.filter((each) => each !== null);
  if (first === undefined) return null;
  if (first.code === "key_revoked") return first;
  const faults = refusals.flatMap((each, index): FieldError[] =>
    (each?.fields ?? (each === null ? [] : [{ field: "", message: each.detail }])).map(
      ({ field, message }) => ({
        field: ["keys", index, field].filter((part) => part !== "").join("."),
        message,
      }),
    ),
  );
  const detail = `No key was imported. keys.${refusals.indexOf(first)}: ${first.detail}`;
  return { ...first, detail, fields: faults };
}
