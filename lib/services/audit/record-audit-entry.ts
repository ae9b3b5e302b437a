import type { AuditAction, AuditTargetType } from "@/lib/core/audit-actions";
import type { Transaction } from "@/lib/db/client";
import { afterAcknowledgement, afterCommit } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { countChange, countRevocation } from "@/lib/metrics/counts";
import type { KeyActor, OrganizationId, Origin, SystemActor, UserActor } from "@/lib/services/access/context";
import { recordReceipts } from "@/lib/services/receipts/record-receipts";
import { auditHash } from "./audit-hash";
import { chainKey } from "./chain-key";
import { timeOrderedId } from "./time-ordered-id";

/** What changed. Never contains a token, a secret's hash or a password. */
export type AuditDetails = {
  readonly [name: string]: string | number | boolean | null | readonly string[];
};

/** The details of a change: for each field the previous value, then the new one. */
export function changeDetails<Fields extends AuditDetails>(before: Fields, after: Fields): AuditDetails {
  const earlier = Object.entries(before).map(([field, value]) => [`${field}Before`, value]);
  return { ...Object.fromEntries(earlier), ...after };
}

export type AuditFacts = {
  readonly action: AuditAction;
  readonly target: {
    readonly type: AuditTargetType;
    readonly id: string;
    readonly name: string;
  };
  readonly details: AuditDetails;
};

/** The part of a context that an entry records. */
type AuditContext = {
  readonly organization: { readonly id: OrganizationId };
  readonly actor:
    | Pick<UserActor, "kind" | "userId" | "name">
    | Pick<KeyActor, "kind" | "keyId" | "name" | "onBehalfOf">
    | SystemActor;
  readonly origin: Origin;
};

type ChainHead = {
  readonly organizationId: OrganizationId;
  readonly sequence: number;
  readonly hash: Uint8Array<ArrayBuffer>;
};

/**
 * Appends entries, usually one, to the organization's hash chain, in the transaction of the change they describe. Locks
 * the chain's head, so that the organization's writers take turns and the sequence has no gaps.
 */
export async function recordAuditEntry(
  transaction: Transaction,
  context: AuditContext,
  ...allFacts: readonly [AuditFacts, ...AuditFacts[]]
): Promise<void> {
  await recordInEach(transaction, [context.organization.id], context, allFacts);
}

/**
 * Appends the same entries to the chain of each of these organizations. Always takes two statements, because all other
 * writers of these organizations have to wait.
 */
export async function recordInEach(
  transaction: Transaction,
  organizationIds: readonly OrganizationId[],
  { actor, origin }: Pick<AuditContext, "actor" | "origin">,
  allFacts: readonly AuditFacts[],
): Promise<void> {
  const heads = await transaction.$queryRaw<ChainHead[]>`
    SELECT organization_id::text AS "organizationId", sequence, hash FROM audit_heads
    WHERE organization_id = ANY (${organizationIds}::uuid[]) ORDER BY organization_id FOR UPDATE`;
  if (heads.length !== organizationIds.length) throw new Error("The organization has no audit chain");

  const { current: pepperVersion } = env().peppers;
  const rows = [];
  const newHeads = [];
  for (const { organizationId, ...head } of heads) {
    const key = chainKey(organizationId, pepperVersion);
    if (key === null) throw new Error(`pepper version ${pepperVersion} is not loaded`);
    let { sequence, hash } = head;
    for (const facts of allFacts) {
      const entry = {
        organizationId,
        sequence: ++sequence,
        at: origin.at,
        actorKind: actor.kind,
        actorUserId: actor.kind === "user" ? actor.userId : null,
        actorKeyId: actor.kind === "key" ? actor.keyId : null,
        onBehalfOfId: actor.kind === "key" ? actor.onBehalfOf : null,
        actorName: actor.name,
        action: facts.action,
        targetType: facts.target.type,
        targetId: facts.target.id,
        targetName: facts.target.name,
        details: { ...facts.details },
        address: origin.address,
        userAgent: origin.userAgent,
        requestId: origin.requestId,
        pepperVersion,
      };
      hash = auditHash(key, hash, entry);
      rows.push({ ...entry, id: timeOrderedId(Date.now()), hash: hex(hash) });
    }
    newHeads.push({ organizationId, sequence, hash: hex(hash) });
  }
  // Raw SQL, since every change waits for this, and Prisma takes longer to build the statement than the database to run
  // it.
  await transaction.$executeRaw`
    WITH entries AS (
      INSERT INTO audit_entries (id, organization_id, sequence, at, actor_kind, actor_user_id, actor_key_id,
        on_behalf_of_id, actor_name, action, target_type, target_id, target_name, details, address, user_agent, request_id,
        pepper_version, hash)
      SELECT id, "organizationId", sequence, at, "actorKind", "actorUserId", "actorKeyId",
        "onBehalfOfId", "actorName", action, "targetType", "targetId", "targetName", details, address, "userAgent", "requestId",
        "pepperVersion", decode(hash, 'hex')
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS entry(
        id uuid, "organizationId" uuid, sequence int, at timestamptz, "actorKind" actor_kind, "actorUserId" uuid, "actorKeyId" text,
        "onBehalfOfId" uuid, "actorName" text, action text, "targetType" text, "targetId" text, "targetName" text, details jsonb,
        address text, "userAgent" text, "requestId" text, "pepperVersion" int, hash text)
    )
    UPDATE audit_heads SET sequence = head.sequence, hash = decode(head.hash, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(newHeads)}::jsonb) AS head("organizationId" uuid, sequence int, hash text)
    WHERE organization_id = head."organizationId"`;
  const counted = heads.flatMap(() => allFacts);
  afterCommit(transaction, () => counted.forEach(count));
  // Done here, so that no verb that revokes a key can forget its receipt.
  const revoked = allFacts.filter(isRevocation).map(({ target }) => target.id);
  if (revoked.length === 0) return;
  for (const { organizationId } of heads) {
    afterAcknowledgement(transaction, () => recordReceipts(organizationId, revoked));
  }
}

const isRevocation = ({ action, details }: AuditFacts) =>
  action === "key.revoked" || (action === "key.deleted" && details.wasRevoked === false);

const hex = (hash: Uint8Array) => Buffer.from(hash).toString("hex");

function count({ action, details }: AuditFacts): void {
  countChange(action);
  if (action === "key.revoked") countRevocation(String(details.reason));
}
