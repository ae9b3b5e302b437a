import type { KeyAct } from "@/lib/core/access/manage-keys";
import { mayManageKey, mayTransferKeys, verbNeededFor } from "@/lib/core/access/manage-keys";
import type { SkipReason } from "@/lib/core/keys/bulk/bulk-change";
import { actOfBulk, bulkMaximum } from "@/lib/core/keys/bulk/bulk-change";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { BulkChange, PreviewChangesInput } from "@/lib/schemas/bulk/bulk-keys";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";
import { keysMadeByTokensOf } from "@/lib/services/tokens/end-keys-of-tokens";
import { namespaceOfKey } from "../../access/level-in-namespace";
import { impactPage, mostUsed, readUseOfKeys } from "../impact/keys-impact";
import { listImpact } from "../impact/most-used-keys";
import { refuseUnknownRoles } from "../read/find-roles";
import { ownLevels } from "../read/own-levels";
import { type BulkSurroundings, readRolesOf, whyLeft } from "./bulk-facts";
import { type BulkKey, readBulkKeys, seenOf } from "./bulk-key";
import type { KeyChangesPreview } from "./bulk-view";
import { readCalls } from "./read-selected-calls";
import { seeSelectedKeys } from "./see-selected-keys";

const namesShown = 3;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * What a bulk change would do: which keys it changes, which it skips and why, and how they are used. Decides with the
 * same functions as the change.
 */
export async function previewKeyChanges(
  context: MemberContext,
  { change, selection }: PreviewChangesInput,
): Promise<Result<KeyChangesPreview>> {
  const organizationId = context.organization.id;
  const condition = await seeSelectedKeys(context, selection);
  if (!condition.ok) return condition;
  const keys = await readBulkKeys(database(), condition.value, bulkMaximum + 1);
  if (keys.length > bulkMaximum) {
    return failure("invalid_request", "At most 10,000 keys can be changed at once. Narrow the filters.");
  }
  const around = await readSurroundings(context, change, keys);
  if (!around.ok) return around;
  const judged = keys.map((key) => ({ key, reason: whyLeft(change, key, around.value) }));
  const unordered = judged.filter(({ reason }) => reason === null).map(({ key }) => key);
  const missing = selection.ids === null ? 0 : selection.ids.length - keys.length;

  const now = context.origin.at;
  const asked = unordered.map(({ id }) => id);
  const calls = await readCalls(database(), organizationId, asked, now);
  const callsOf = ({ id }: BulkKey) => calls.get(id) ?? 0;
  const lastUse = ({ lastUsedAt }: BulkKey) => lastUsedAt?.getTime() ?? 0;
  const changing = unordered.sort((a, b) => callsOf(b) - callsOf(a) || lastUse(b) - lastUse(a));
  const ids = changing.map(({ id }) => id);
  const since = now.getTime() - dayMs;
  const changed = Prisma.sql`SELECT id, name, last_used_at FROM api_keys
    WHERE organization_id = ${organizationId}::uuid AND id = ANY(${ids})`;
  const { use } = await readUseOfKeys(changed, { organizationId, now, rows: impactPage(0) });
  const first = changing.slice(0, mostUsed).map((key) => ({ id: key.id, calls: callsOf(key) }));
  const ends = change.verb === "revoke" || change.verb === "delete" || change.verb === "pause";
  const withTheirs = ends ? await keysMadeByTokensOf(database(), organizationId, ids) : ids;
  return success({
    keys: changing.map((key) => ({ id: key.id, seen: seenOf(key) })),
    skipped: skippedByReason(judged, missing),
    ...{ counts: use.counts, hours: use.hours },
    callsLast24Hours: changing.reduce((sum, key) => sum + callsOf(key), 0),
    inUse: changing.filter((key) => callsOf(key) > 0 || lastUse(key) > since).length,
    mostUsed: await listImpact(database(), organizationId, first, now),
    alsoChange: withTheirs.length - ids.length,
    notResumable: {
      count: change.verb === "pause" ? changing.filter((key) => !around.value.mayResume(key)).length : 0,
      onlyOwners: context.organization.keyCreators === "OWNER",
    },
  });
}

async function readSurroundings(
  context: MemberContext,
  change: BulkChange,
  keys: readonly BulkKey[],
): Promise<Result<BulkSurroundings & { readonly mayResume: (key: BulkKey) => boolean }>> {
  const { organization, origin } = context;
  const manager = keyManager(context);
  const ownLevelOf = await ownLevels(database(), context, keys);
  const may = (act: KeyAct, key: BulkKey) => mayManageKey(manager, verbNeededFor(act), key, ownLevelOf(key));
  const around = {
    now: origin.at,
    bound: organization,
    keyCreators: organization.keyCreators,
    allowed: (key: BulkKey) =>
      change.verb === "transfer" ? mayTransferKeys(manager) : may(actOfBulk(change.verb), key),
    mayResume: (key: BulkKey) => may("resume", key),
    receiver: null,
    roles: new Map(),
  };
  if (change.verb === "transfer") {
    const receiver = await readReceiver(context, change.toUserId);
    return receiver.ok ? success({ ...around, receiver: receiver.value }) : receiver;
  }
  if (!("role" in change)) return success(around);
  const unknown = await refuseUnknownRoles(database(), organization.id, [change.role]);
  if (unknown !== null) return unknown;
  const ids = keys.map(({ id }) => id);
  return success({ ...around, roles: await readRolesOf(database(), organization.id, change.role, ids) });
}

async function readReceiver(
  { organization }: MemberContext,
  userId: string,
): Promise<Result<NonNullable<BulkSurroundings["receiver"]>>> {
  const member = await database().member.findUnique({
    where: { organizationId_userId: { organizationId: organization.id, userId } },
    include: { grants: true },
  });
  if (member === null) return failure("not_found", "There is no such member.");
  const { accessLevel: level, grants } = member;
  const levels = new Map(
    grants.map((grant) => [grant.applicationId ?? grant.workspaceId ?? grant.userGroupId, grant.accessLevel]),
  );
  const levelFor = (key: BulkKey) => {
    const { type, id } = namespaceOfKey(key);
    return type === "organization" ? level : (levels.get(id) ?? null);
  };
  return success({ level, levelFor });
}

function skippedByReason(
  judged: readonly { readonly key: BulkKey; readonly reason: SkipReason | null }[],
  missing: number,
): KeyChangesPreview["skipped"] {
  const byReason = new Map<SkipReason, { count: number; names: string[] }>();
  for (const { key, reason } of judged) {
    if (reason === null) continue;
    const group = byReason.get(reason) ?? { count: 0, names: [] };
    group.count++;
    if (group.names.length < namesShown) group.names.push(key.name);
    byReason.set(reason, group);
  }
  if (missing > 0) byReason.set("gone", { count: missing, names: [] });
  return [...byReason].map(([reason, group]) => ({ reason, ...group })).sort((a, b) => b.count - a.count);
}
