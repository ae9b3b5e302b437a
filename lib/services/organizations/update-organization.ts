import type { KeyCreators } from "@/lib/core/access/permission";
import { levelHolds } from "@/lib/core/access/permission";
import { isInNamespace } from "@/lib/core/keys/key-reach";
import { mergeEdit } from "@/lib/core/merge-edit";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import { lockAuthority } from "@/lib/services/access/lock-authority";
import { membershipGone } from "@/lib/services/access/lock-calling-key";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { changeDetails, recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import type { OrganizationView } from "./list-organizations";

type OrganizationChange = {
  readonly name: string;
  /** Unchanged if omitted. */
  readonly keyCreators?: KeyCreators;
  /** What the form showed before. Only fields that differ from it change. */
  readonly seen?: { readonly name: string; readonly keyCreators: KeyCreators } | undefined;
};

/**
 * Changes an organization's name and who may create keys in it. The slug stays, so links that people shared keep
 * working. Permissions are computed for each request, so the setting takes effect at once.
 */
export async function updateOrganization(
  context: ActingContext,
  change: OrganizationChange,
): Promise<Result<OrganizationView>> {
  const { id } = context.organization;
  return inTransaction(async (transaction) => {
    // Lock the row exclusively before the shared lock below. Otherwise two owners saving at once would both hold
    // the shared lock and deadlock.
    await transaction.$queryRaw`SELECT 1 FROM organizations WHERE id = ${id}::uuid FOR UPDATE`;
    const refusal = await refuse(transaction, context);
    if (refusal !== null) return refusal;
    const before = await transaction.organization.findUniqueOrThrow({ where: { id } });
    const there = { name: before.name, keyCreators: before.keyCreators };
    const asked = { name: change.name, keyCreators: change.keyCreators ?? before.keyCreators };
    const merged = mergeEdit(there, asked, change.seen);
    if (!merged.ok) return merged;
    const { name, keyCreators } = merged.value;
    const { slug, createdAt } = before;
    const after = { id, name, slug, createdAt };
    if (before.name === name && before.keyCreators === keyCreators) return success(after);
    const keyCreatorsChange = before.keyCreators !== keyCreators;
    const late = requireFreshPassword(context, "updateOrganization", { keyCreatorsChange });
    if (late !== null) return late;
    await transaction.organization.update({ where: { id }, data: { name, keyCreators } });
    await recordAuditEntry(transaction, context, {
      action: "organization.updated",
      target: { type: "organization", id, name },
      details: changeDetails(there, merged.value),
    });
    return success(after);
  });
}

/** Allows owners, and keys of the organization itself with the permission. Keys of other namespaces are refused. */
async function refuse(transaction: Transaction, context: ActingContext): Promise<Failure | null> {
  const { organization, actor } = context;
  const membership = await lockMembership(transaction, organization.id, actsFor(actor));
  if (membership === null) {
    return membershipGone(actor);
  }
  const authority = await lockAuthority(transaction, context);
  if (!authority.ok) return authority;
  if (authority.value.kind === "user") {
    if (levelHolds(membership.level, "organizations:update", membership.keyCreators)) return null;
    return failure("forbidden", "Only an owner may change the organization.");
  }
  const { place, permissions } = authority.value;
  const itself = { type: "organization", id: organization.id, applicationId: null } as const;
  if (isInNamespace(place, itself) && permissions.includes("organizations:update")) return null;
  return failure(
    "forbidden",
    "This needs an organization's own key with the permission organizations:update.",
  );
}
