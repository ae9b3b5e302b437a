import { explainPermissions } from "@/lib/core/access/explain-permissions";
import { mayManageKey } from "@/lib/core/access/manage-keys";
import type { Permission } from "@/lib/core/access/permission";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
import type { HygieneKind } from "@/lib/core/keys/filter/hygiene";
import { keyFindings } from "@/lib/core/keys/filter/hygiene";
import { hasEnded } from "@/lib/core/keys/key-status";
import { overPrivilege, untoldDemand } from "@/lib/core/keys/over-privileged";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";
import { levelInNamespace } from "@/lib/services/access/level-in-namespace";
import { countKeyActivity, readKeyActivity } from "@/lib/services/audit/read-key-activity";
import { readImpact } from "./key-impact";
import { keyRoles, keyRowInclude, toKeyRow } from "./key-row";
import { readKeyUse } from "./key-usage";
import type { KeyDetails, KeyFinding, KeyRow } from "./key-view";
import { readKeyRotation } from "./usage/key-rotation";
import { readNewCallers } from "./usage/new-callers";
import type { PermissionUse } from "./usage/permission-use";
import { readPermissionUse } from "./usage/permission-use";

/** Everything about one key, for the sheet "API Key Details". */
export async function readKey(context: MemberContext, keyId: string): Promise<Result<KeyDetails>> {
  const { organization, origin } = context;
  const key = await database().apiKey.findFirst({
    where: { id: keyId, organizationId: organization.id, deletedAt: null },
    include: {
      ...keyRowInclude,
      secrets: {
        orderBy: { endsAt: { sort: "desc", nulls: "first" } },
        select: { endsAt: true, publicToken: true },
      },
    },
  });
  if (key === null || !mayManageKey(keyManager(context), "read", key)) {
    return failure("not_found", "There is no such API key.");
  }
  const namespace = toKeyRow(key, context).namespace;
  const creatorLevel = await levelInNamespace(database(), organization.id, key.creatorId, namespace);
  const explanation = explainPermissions({
    ...key,
    roles: keyRoles(key),
    creatorLevel,
    keyCreators: organization.keyCreators,
  });
  const permissions = explanation.filter((line) => line.hindrance === null).map((line) => line.permission);
  const [current, ...previous] = key.secrets;
  const { userId } = context.actor;
  const own = key.creatorId === userId;
  const viewerLevel = own
    ? creatorLevel
    : await levelInNamespace(database(), organization.id, userId, namespace);
  const row = toKeyRow({ ...key, secrets: previous }, context, own ? creatorLevel : null);
  const { at } = origin;
  const [impact, use, newCallers, permissionUse, activityCount, activity, rotation] = await Promise.all([
    readImpact(key, at),
    readKeyUse(key, at),
    readNewCallers(key, at),
    readPermissionUse(key, at),
    countKeyActivity(organization.id, keyId),
    readKeyActivity(context, { keyId, after: null }),
    readKeyRotation(context, { keyId }),
  ]);
  // The key was deleted in the meantime.
  if (!activity.ok) return activity;
  if (!rotation.ok) return rotation;
  return success({
    ...row,
    ...use,
    ...{
      creatorLevel,
      viewerLevel,
      permissions,
      explanation,
      impact,
      newCallers,
      permissionUse,
      activityCount,
    },
    isDefault: keyId === organization.defaultKeyId,
    publicToken: current?.publicToken ?? null,
    activity: activity.value,
    rotation: row.graceEndsAt === null ? null : rotation.value,
    findings: findingsOf(key, row, permissions, permissionUse, at),
  });
}

function findingsOf(
  key: ApiKeyModel,
  row: KeyRow,
  permissions: readonly Permission[],
  { calls, isPartial }: PermissionUse,
  now: Date,
): KeyFinding[] {
  if (hasEnded(row.status)) return [];
  const demanded = calls.map(({ permission }) => permission);
  const facts = { ...row, roles: row.roles.map(({ id }) => id), endsAt: effectiveEnd(row), permissions };
  const excess = overPrivilege(
    { ...facts, demanded: isPartial ? [...demanded, untoldDemand] : demanded },
    now,
  );
  const { maximumLifetimeDays } = row;
  const kinds = keyFindings({ ...key, maximumLifetimeDays }, now).filter(isOwnFinding);
  return [...(excess === null ? [] : [excess]), ...kinds];
}

/** Leaves out over-privilege, which the sheet judges itself to say in which way. */
const isOwnFinding = (kind: HygieneKind): kind is Exclude<HygieneKind, "over-privileged"> =>
  !kind.startsWith("over");
