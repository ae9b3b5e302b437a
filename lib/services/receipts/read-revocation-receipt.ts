import { mayManageKey } from "@/lib/core/access/manage-keys";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ReceiptFacts } from "@/lib/schemas/audit/revocation-receipt";
import type { OrganizationId } from "@/lib/services/access/context";
import type { ActingContext } from "@/lib/services/access/key-context";
import { refuseAuditReader } from "@/lib/services/audit/refuse-audit-reader";
import { endedInEffect } from "@/lib/services/keys/follow-up/ended-in-effect";
import { currentSigner } from "@/lib/services/tokens/signing-keys";
import { openFacts, signFacts, withoutNames } from "./receipt-facts";
import { recordReceiptsLate } from "./record-receipts";

export type RevocationReceipt = {
  readonly facts: ReceiptFacts;
  /** The time of signing, to the second, in ISO 8601. */
  readonly signedAt: string;
  /** The facts as a JWS in compact form, signed with an access token signing key. (RFC 7515, 7.1) */
  readonly receipt: string;
};

/**
 * Signs the receipt of a key's revocation for people who may read the key's history or, if the key was deleted, the
 * audit log.
 */
export async function readRevocationReceipt(
  context: ActingContext,
  { keyId }: { readonly keyId: string },
): Promise<Result<RevocationReceipt>> {
  const refusal = await refuseReader(context, keyId);
  return refusal ?? readReceipt(context, keyId);
}

async function refuseReader(context: ActingContext, keyId: string) {
  const { organization, actor, level } = context;
  if (actor.kind === "key") return refuseAuditReader(context);
  const key = await database().apiKey.findFirst({
    where: { id: keyId, organizationId: organization.id },
    select: { accessLevel: true, creatorId: true, deletedAt: true },
  });
  const manager = { userId: actor.userId, level, keyCreators: organization.keyCreators };
  const isSeen =
    key !== null && (readsAudit(context) || (key.deletedAt === null && mayManageKey(manager, "read", key)));
  return isSeen ? null : failure("not_found", "There is no such API key.");
}

/** The receipt for an actor who has just revoked the key, or whose right to read it was checked. */
export async function readReceipt(context: ActingContext, keyId: string): Promise<Result<RevocationReceipt>> {
  const { organization, origin } = context;
  const facts = await readFacts(organization.id, keyId);
  if (!facts.ok) return facts;
  return success(await sign(readsAudit(context) ? facts.value : withoutNames(facts.value), origin.at));
}

async function readFacts(organizationId: OrganizationId, keyId: string): Promise<Result<ReceiptFacts>> {
  const where = { organizationId_keyId: { organizationId, keyId } };
  let row = await database().revocationReceipt.findUnique({ where });
  if (row !== null && row.facts === null) {
    await recordReceiptsLate(organizationId, [keyId]);
    row = await database().revocationReceipt.findUnique({ where });
  }
  if (row === null) return withoutReceipt(organizationId, keyId);
  return openFacts(row);
}

async function withoutReceipt(organizationId: OrganizationId, keyId: string): Promise<Failure> {
  const key = await database().apiKey.findFirst({
    where: { organizationId, id: keyId },
    select: { revokedAt: true },
  });
  if (key !== null && (await endedInEffect(database(), organizationId, [keyId])).has(keyId)) {
    const soon = "This API key was revoked with very many others. Its receipt follows in a few minutes.";
    return failure("unavailable", soon);
  }
  return key === null || key.revokedAt === null
    ? failure("not_found", "This API key is not revoked.")
    : failure("conflict", "This API key has no receipt: it was revoked before Latchkey kept them.");
}

async function sign(facts: ReceiptFacts, now: Date): Promise<RevocationReceipt> {
  const { receipt, iat } = await signFacts(facts, await currentSigner(now), now);
  return { facts, signedAt: new Date(iat * 1000).toISOString(), receipt };
}

const readsAudit = (context: ActingContext) => refuseAuditReader(context) === null;
