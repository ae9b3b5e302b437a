import { levelHolds } from "@/lib/core/access/permission";
import type { KeyAuditAction } from "@/lib/core/audit-actions";
import { cutPage } from "@/lib/core/list-cursor";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { AuditEntryModel } from "@/lib/db/generated/models";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";
import { namesInDetails } from "./names-in-details";
import type { AuditDetails } from "./record-audit-entry";
import { seeKeyHistory } from "./see-key-history";

/** An entry about a key, for people who may see the key. */
export type KeyActivityEntry = Pick<AuditEntryModel, "sequence" | "at" | "actorKind" | "actorName"> & {
  /** A newer version may write an action that this version does not know. */
  readonly action: KeyAuditAction;
  readonly details: AuditDetails;
  /** The actor's address; null unless the viewer may read the audit log or is the actor. */
  readonly address: string | null;
  readonly userAgent: string | null;
};

export type KeyActivity = {
  /** Newest first. */
  readonly entries: readonly KeyActivityEntry[];
  /** Where the next page starts; null after the last one. */
  readonly after: number | null;
  /** The names of people whom the details name by id. */
  readonly names: Readonly<Record<string, string>>;
  /** Whether the viewer may read the whole audit log. */
  readonly readsLog: boolean;
};

const pageSize = 20;

/**
 * One page of a key's own history from the audit log, for people who may see the key: owners and admins, and members
 * for keys they created.
 *
 * @param input `after`: where the previous page ended; null for the first page
 */
export async function readKeyActivity(
  context: MemberContext,
  { keyId, after }: { readonly keyId: string; readonly after: number | null },
): Promise<Result<KeyActivity>> {
  const { organization, actor } = context;
  const organizationId = organization.id;
  const manager = keyManager(context);
  const refusal = await seeKeyHistory(context, keyId);
  if (refusal !== null) return refusal;
  const found = await database().auditEntry.findMany({
    where: {
      ...{ organizationId, targetType: "key", targetId: keyId },
      ...(after === null ? {} : { sequence: { lt: after } }),
    },
    orderBy: { sequence: "desc" },
    take: pageSize + 1,
  });
  const { rows, next } = cutPage(found, pageSize);
  const readsLog = levelHolds(manager.level, "audit:read", manager.keyCreators);
  const entries = rows.map((row): KeyActivityEntry => {
    const shown = readsLog || row.actorUserId === actor.userId;
    return {
      ...{ sequence: row.sequence, at: row.at, actorKind: row.actorKind, actorName: row.actorName },
      action: row.action as KeyAuditAction,
      details: row.details as AuditDetails,
      address: shown ? row.address : null,
      userAgent: shown ? row.userAgent : null,
    };
  });
  const details = entries.map((entry) => entry.details);
  const names = await namesInDetails(organizationId, details);
  return success({ entries, after: next?.sequence ?? null, names, readsLog });
}

/** How many entries a key has. Counting stops at a maximum. */
export function countKeyActivity(organizationId: string, keyId: string): Promise<number> {
  return database().auditEntry.count({
    where: { organizationId, targetType: "key", targetId: keyId },
    take: 1_000,
  });
}
