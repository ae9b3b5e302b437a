import type { ResourceType } from "@/lib/core/resource";
import type { Transaction } from "@/lib/db/client";
import type { KeyActor, OrganizationId, Origin, SystemActor, UserActor } from "@/lib/services/context";
import { auditHash } from "./audit-hash";

export type AuditAction =
  | "organization.created"
  | "organization.updated"
  | "member.invited"
  | "member.created"
  | "member.password_set"
  | "member.joined"
  | "member.level_changed"
  | "member.removed"
  | "invitation.revoked"
  | "key.generated"
  | "key.updated"
  | "key.rolled"
  | "key.revoked"
  | "key.transferred"
  | "key.deleted"
  | "token_family.revoked"
  | "role.created"
  | "role.updated"
  | "role.deleted"
  | `${ResourceType}.${"created" | "renamed" | "deleted"}`
  | `grant.${"given" | "changed" | "taken"}`;

export type AuditFacts = {
  readonly action: AuditAction;
  readonly target: {
    readonly type: "key" | "organization" | "member" | "invitation" | "role" | ResourceType;
    readonly id: string;
    readonly name: string;
  };
  /** What changed. Never a token, a secret's hash or a password. */
  readonly details: { readonly [name: string]: string | number | boolean | null | readonly string[] };
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
}
