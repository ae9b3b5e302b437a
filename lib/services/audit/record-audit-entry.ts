import type { AuditAction, AuditTargetType } from "@/lib/core/audit-actions";
import { afterCommit } from "@/lib/db/after-commit";
import type { Transaction } from "@/lib/db/client";
import { countChange, countRevocation } from "@/lib/metrics/counts";
import type { KeyActor, OrganizationId, Origin, SystemActor, UserActor } from "@/lib/services/context";
import { auditHash } from "./audit-hash";

/** What changed. Never a token, a secret's hash or a password. */
export type AuditDetails = {
  readonly [name: string]: string | number | boolean | null | readonly string[];
};

export type AuditFacts = {
  readonly action: AuditAction;
  readonly target: {
    readonly type: AuditTargetType;
    readonly id: string;
    readonly name: string;
  };
  readonly details: AuditDetails;
};

/** Of a context, what an entry tells. */
type AuditContext = {
  readonly organization: { readonly id: OrganizationId };
  readonly actor:
    | Pick<UserActor, "kind" | "userId" | "name">
    | Pick<KeyActor, "kind" | "keyId" | "name">
    | SystemActor;
  readonly origin: Origin;
};

/**
 * Writes the entries, most often one, in the transaction of the change they tell of, at the end of the
 * organization's hash chain. Locking the chain's head orders the organization's writers, so the sequence
 * has no gaps. [L7]
 */
export async function recordAuditEntry(
  transaction: Transaction,
  context: AuditContext,
  ...allFacts: readonly [AuditFacts, ...AuditFacts[]]
): Promise<void> {
  const { actor, origin } = context;
  const organizationId = context.organization.id;
  const [head] = await transaction.$queryRaw<{ sequence: number; hash: Uint8Array<ArrayBuffer> }[]>`
    SELECT sequence, hash FROM audit_heads WHERE organization_id = ${organizationId}::uuid FOR UPDATE`;
  if (head === undefined) throw new Error("The organization has no audit chain");

  let { sequence, hash } = head;
  const rows = allFacts.map((facts) => {
    const entry = {
      organizationId,
      sequence: ++sequence,
      at: origin.at,
      actorKind: actor.kind,
      actorUserId: actor.kind === "user" ? actor.userId : null,
      actorKeyId: actor.kind === "key" ? actor.keyId : null,
      actorName: actor.name,
      action: facts.action,
      targetType: facts.target.type,
      targetId: facts.target.id,
      targetName: facts.target.name,
      details: { ...facts.details },
      address: origin.address,
      userAgent: origin.userAgent,
      requestId: origin.requestId,
    };
    hash = auditHash(hash, entry);
    return { ...entry, details: entry.details as object, hash };
  });
  await transaction.auditEntry.createMany({ data: rows });
  await transaction.auditHead.update({ where: { organizationId }, data: { sequence, hash } });
  afterCommit(transaction, () => allFacts.forEach(count));
}

function count({ action, details }: AuditFacts): void {
  countChange(action);
  if (action === "key.revoked") countRevocation(String(details.reason));
}
