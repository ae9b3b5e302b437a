import type { Transaction } from "@/lib/db/client";
import type { Context } from "@/lib/services/context";
import { auditHash } from "./audit-hash";

export type AuditAction =
  | "organization.created"
  | "organization.updated"
  | "key.generated"
  | "key.updated"
  | "key.rolled"
  | "key.revoked"
  | "key.deleted";

export type AuditFacts = {
  readonly action: AuditAction;
  readonly target: { readonly type: "key" | "organization"; readonly id: string; readonly name: string };
  /** What changed. Never a token, a secret's hash or a password. */
  readonly details: { readonly [name: string]: string | number | boolean | null | readonly string[] };
};

/**
 * Writes one entry in the transaction of the change it tells of, at the end of the organization's
 * hash chain. Locking the chain's head orders the organization's writers, so the sequence has no gaps. [L7]
 */
export async function recordAuditEntry(
  transaction: Transaction,
  context: Pick<Context, "organization" | "actor" | "origin">,
  facts: AuditFacts,
): Promise<void> {
  const { actor, origin } = context;
  const organizationId = context.organization.id;
  const [head] = await transaction.$queryRaw<{ sequence: number; hash: Uint8Array }[]>`
    SELECT sequence, hash FROM audit_heads WHERE organization_id = ${organizationId}::uuid FOR UPDATE`;
  if (head === undefined) throw new Error("The organization has no audit chain");

  const entry = {
    organizationId,
    sequence: head.sequence + 1,
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
  const hash = auditHash(head.hash, entry);
  await transaction.auditEntry.create({ data: { ...entry, details: entry.details as object, hash } });
  await transaction.auditHead.update({ where: { organizationId }, data: { sequence: entry.sequence, hash } });
}
