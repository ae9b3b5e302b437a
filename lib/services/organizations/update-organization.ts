import { isAtLeast } from "@/lib/core/access/access-level";
import type { KeyCreators } from "@/lib/core/access/permission";
import { levelHolds, permissionsBySetting } from "@/lib/core/access/permission";
import { mergeEdit } from "@/lib/core/merge-edit";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import type { CallingKey } from "@/lib/services/access/lock-calling-key";
import { lockCallingKey, membershipGone } from "@/lib/services/access/lock-calling-key";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { refuseLoosening } from "@/lib/services/access/refuse-excess";
import { changeDetails, recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { takeTokenPrefix } from "../keys/token-prefix";
import type { OrganizationView } from "./list-organizations";

/** Omitted settings stay as they are. */
type OrganizationChange = {
  readonly name?: string | undefined;
  readonly keyCreators?: KeyCreators | undefined;
  /** Null for `lk`. Only new tokens get it. */
  readonly tokenPrefix?: string | null | undefined;
  /** What the form showed before. Only fields that differ from it change. */
  readonly seen?:
    | {
        readonly name: string;
        readonly keyCreators: KeyCreators;
        readonly tokenPrefix?: string | null | undefined;
      }
    | undefined;
};

/**
 * Changes an organization's name, who may create keys in it and what its tokens start with. The slug stays, so links that people shared keep
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
    const caller = await admit(transaction, context);
    if (!caller.ok) return caller;
    const before = await transaction.organization.findUniqueOrThrow({ where: { id } });
    const there = { name: before.name, keyCreators: before.keyCreators, tokenPrefix: before.tokenPrefix };
    const merged = mergeEdit(there, completed(change, there), change.seen && completed(change.seen, there));
    if (!merged.ok) return merged;
    const { name, keyCreators, tokenPrefix } = merged.value;
    const { slug, createdAt } = before;
    const after = { id, name, slug, keyCreators, tokenPrefix, createdAt };
    const keyCreatorsChange = before.keyCreators !== keyCreators;
    const tokenPrefixChange = before.tokenPrefix !== tokenPrefix;
    if (before.name === name && !keyCreatorsChange && !tokenPrefixChange) return success(after);
    const beyond = refuseMoreCreators(caller.value, before.keyCreators, keyCreators);
    if (beyond !== null) return beyond;
    const late = requireFreshPassword(context, "updateOrganization", {
      keyCreatorsChange,
      tokenPrefixChange,
    });
    if (late !== null) return late;
    if (tokenPrefixChange && tokenPrefix !== null) {
      const taken = await takeTokenPrefix(transaction, id, tokenPrefix, context.origin.at);
      if (taken !== null) return taken;
    }
    await transaction.organization.update({ where: { id }, data: { name, keyCreators, tokenPrefix } });
    await recordAuditEntry(transaction, context, {
      action: "organization.updated",
      target: { type: "organization", id, name },
      details: changeDetails(there, merged.value),
    });
    return success(after);
  });
}

type Settings = {
  readonly name: string;
  readonly keyCreators: KeyCreators;
  readonly tokenPrefix: string | null;
};

/** The settings that a request leaves out are as they are now. */
function completed({ name, keyCreators, tokenPrefix }: OrganizationChange, now: Settings): Settings {
  return {
    name: name ?? now.name,
    keyCreators: keyCreators ?? now.keyCreators,
    tokenPrefix: tokenPrefix === undefined ? now.tokenPrefix : tokenPrefix,
  };
}

/**
 * Allows owners, and keys of the organization itself with the permission. Keys of other namespaces are refused. The
 * value is the calling key; null for a person.
 */
async function admit(transaction: Transaction, context: ActingContext): Promise<Result<CallingKey | null>> {
  const { organization, actor } = context;
  const membership = await lockMembership(transaction, organization.id, actsFor(actor));
  if (membership === null) return membershipGone(actor);
  if (actor.kind === "user") {
    if (levelHolds(membership.level, "organizations:update", membership.keyCreators)) return success(null);
    return failure("forbidden", "Only an owner may change the organization.");
  }
  const caller = await lockCallingKey(transaction, { ...context, actor });
  if (!caller.ok) return caller;
  const holds = caller.value.permissions.includes("organizations:update");
  if (actor.namespace.type === "organization" && holds) return caller;
  return failure(
    "forbidden",
    "This needs an organization's own key with the permission organizations:update.",
  );
}

/** Letting more people create keys gives ADMIN keys the permissions that the table lists `by setting`. */
function refuseMoreCreators(
  caller: CallingKey | null,
  before: KeyCreators,
  after: KeyCreators,
): Failure | null {
  if (caller === null || isAtLeast(after, before)) return null;
  const refused = refuseLoosening(caller, permissionsBySetting);
  return refused === null
    ? null
    : { ...refused, fields: [{ field: "keyCreators", message: refused.detail }] };
}
