import { isDeepStrictEqual } from "node:util";
import { isAtLeast } from "@/lib/core/access/access-level";
import type { KeyCreators } from "@/lib/core/access/permission";
import { levelHolds, permissionsBySetting } from "@/lib/core/access/permission";
import { endsEarlier } from "@/lib/core/audit/audit-retention";
import type { LifetimePolicy } from "@/lib/core/keys/effective-end";
import { isShorter } from "@/lib/core/keys/effective-end";
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
import { countShortened } from "./lifetime-preview";
import type { OrganizationView } from "./list-organizations";
import type { ShownEnding, UnseenEnding } from "./unseen-ending";
import { conflictWithPreview, findUnseenEnding } from "./unseen-ending";

type Settings = Omit<LifetimePolicy, "defaultKeyId"> & {
  readonly name: string;
  readonly keyCreators: KeyCreators;
  /** Null for `lk`. Applies only to new tokens. */
  readonly tokenPrefix: string | null;
  /** How many days audit entries are kept; null for forever. */
  readonly auditRetentionDays: number | null;
  /** Whether leaked keys are paused instead of revoked. */
  readonly pauseLeakedKeys: boolean;
};
type SomeSettings = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

/** Omitted settings stay unchanged. */
type OrganizationChange = SomeSettings & {
  /** The values that the form was filled with. Only fields that differ from them change. */
  readonly seen?: SomeSettings | undefined;
  /** What the person was told about keys that a shorter maximum lifetime ends. */
  readonly shown?: ShownEnding | undefined;
};

/** `shortened`: how many active keys now end earlier. Null if the maximum is not shorter, or a key changed it. */
type UpdatedOrganization = OrganizationView & { readonly shortened: number | null };

/**
 * Changes an organization's settings. The slug stays, so links that people shared keep working. Permissions and ends of
 * keys are computed for each request, so the settings take effect at once.
 */
export async function updateOrganization(
  context: ActingContext,
  change: OrganizationChange,
): Promise<Result<UpdatedOrganization>> {
  const { id } = context.organization;
  const outcome = await inTransaction(
    async (transaction): Promise<Result<UpdatedOrganization> | UnseenEnding> => {
      // Lock the row exclusively before the shared lock below. Otherwise two owners saving at once would both hold
      // the shared lock and deadlock.
      await transaction.$queryRaw`SELECT 1 FROM organizations WHERE id = ${id}::uuid FOR UPDATE`;
      const caller = await admit(transaction, context);
      if (!caller.ok) return caller;
      const before = await transaction.organization.findUniqueOrThrow({ where: { id } });
      const there = settingsOf(before);
      const merged = mergeEdit(there, completed(change, there), change.seen && completed(change.seen, there));
      if (!merged.ok) return merged;
      const after = merged.value;
      const view = { id, slug: before.slug, createdAt: before.createdAt, ...after, shortened: null };
      if (isDeepStrictEqual(there, after)) return success(view);
      const beyond =
        refuseMoreCreators(caller.value, there.keyCreators, after.keyCreators) ??
        refuseOtherLives(caller.value, there, after) ??
        refuseShorterLog(caller.value, there, after) ??
        refusePausing(caller.value, there, after);
      if (beyond !== null) return beyond;
      // Check before asking for the password, which nobody should enter for a change that they then cancel.
      const unseen = await findUnseenEnding(transaction, context, before, after, change.shown);
      if (unseen !== null) return unseen;
      const late = requireFreshPassword(context, "updateOrganization", {
        keyCreatorsChange: there.keyCreators !== after.keyCreators,
        tokenPrefixChange: there.tokenPrefix !== after.tokenPrefix,
        lifetimeChange: there.maximumLifetimeDays !== after.maximumLifetimeDays,
        auditEndsEarlier: endsEarlier(there.auditRetentionDays, after.auditRetentionDays),
        leaksOnlyPaused: !there.pauseLeakedKeys && after.pauseLeakedKeys,
      });
      if (late !== null) return late;
      if (there.tokenPrefix !== after.tokenPrefix && after.tokenPrefix !== null) {
        const taken = await takeTokenPrefix(transaction, id, after.tokenPrefix, context.origin.at);
        if (taken !== null) return taken;
      }
      await transaction.organization.update({ where: { id }, data: { ...after } });
      await recordAuditEntry(transaction, context, {
        action: "organization.updated",
        target: { type: "organization", id, name: after.name },
        details: changeDetails(there, after),
      });
      return success({ ...view, shortened: await readShortened(transaction, context, before, after) });
    },
  );
  return "unseen" in outcome ? conflictWithPreview(outcome) : outcome;
}

/** Null for a calling key, which gets no preview either. */
async function readShortened(
  transaction: Transaction,
  { organization, actor, origin }: ActingContext,
  policy: LifetimePolicy,
  { maximumLifetimeDays }: Settings,
): Promise<number | null> {
  if (actor.kind === "key" || !isShorter(maximumLifetimeDays, policy.maximumLifetimeDays)) return null;
  return countShortened(transaction, {
    organizationId: organization.id,
    policy,
    maximumLifetimeDays,
    at: origin.at,
  });
}

function settingsOf(row: Settings): Settings {
  const { name, keyCreators, tokenPrefix, requireExpiry, maximumLifetimeDays } = row;
  const { auditRetentionDays, pauseLeakedKeys } = row;
  return {
    ...{ name, keyCreators, tokenPrefix, requireExpiry, maximumLifetimeDays },
    ...{ auditRetentionDays, pauseLeakedKeys },
  };
}

/** Fills in the current values of settings that a request omits. */
function completed(change: SomeSettings, now: Settings): Settings {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  return settingsOf({ ...now, ...Object.fromEntries(named) });
}

/**
 * Allows owners, and keys of the organization itself with the permission. Returns the calling key, or null for a
 * person.
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

/** Letting more people create keys gives ADMIN keys the permissions that the table marks `by setting`. */
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

/**
 * A stolen key must not be able to remove its traces, so only a person with a fresh password shortens the retention.
 */
function refuseShorterLog(caller: CallingKey | null, before: Settings, after: Settings): Failure | null {
  if (caller === null || !endsEarlier(before.auditRetentionDays, after.auditRetentionDays)) return null;
  const message = "Only an owner may keep the audit log for a shorter time, in the dashboard";
  return failure("forbidden", `${message}.`, [{ field: "auditRetentionDays", message }]);
}

/** A stolen key must not be able to come back to life after it was reported, so only a person sets this. */
function refusePausing(caller: CallingKey | null, before: Settings, after: Settings): Failure | null {
  if (caller === null || before.pauseLeakedKeys || !after.pauseLeakedKeys) return null;
  const message = "Only an owner may have leaked keys paused instead of revoked, in the dashboard";
  return failure("forbidden", `${message}.`, [{ field: "pauseLeakedKeys", message }]);
}

/**
 * A shorter maximum can end every key, so a program needs the permission to revoke keys. A longer one extends lives, so
 * it takes a person, or a key without an end.
 */
function refuseOtherLives(caller: CallingKey | null, before: Settings, after: Settings): Failure | null {
  if (caller === null) return null;
  if (
    isShorter(after.maximumLifetimeDays, before.maximumLifetimeDays) &&
    !caller.permissions.includes("keys:revoke")
  ) {
    const message = "To set a shorter maximum lifetime, a key needs the permission keys:revoke";
    return failure("forbidden", `${message}.`, [{ field: "maximumLifetimeDays", message }]);
  }
  const longer = isShorter(before.maximumLifetimeDays, after.maximumLifetimeDays);
  if (!longer && (after.requireExpiry || !before.requireExpiry)) return null;
  const refused = refuseLoosening(caller);
  const field = longer ? "maximumLifetimeDays" : "requireExpiry";
  return refused === null ? null : { ...refused, fields: [{ field, message: refused.detail }] };
}
