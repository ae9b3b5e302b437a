import { CompactSign } from "jose";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { RevocationReceiptModel } from "@/lib/db/generated/models";
import { env } from "@/lib/env";
import { accessTokenAlgorithm } from "@/lib/schemas/access-token";
import type { ReceiptClaims, ReceiptFacts } from "@/lib/schemas/audit/revocation-receipt";
import { receiptFacts, receiptType } from "@/lib/schemas/audit/revocation-receipt";
import type { currentSigner } from "@/lib/services/tokens/signing-keys";
import { receiptMac } from "./receipt-mac";

type Row = Pick<RevocationReceiptModel, "organizationId" | "keyId" | "facts" | "mac" | "pepperVersion">;

/** Parses the facts in a receipt's row, if they are as they were written. */
export function openFacts({ organizationId, keyId, facts, mac, pepperVersion }: Row): Result<ReceiptFacts> {
  if (facts === null || mac === null || pepperVersion === null) {
    return failure("unavailable", "The receipt could not be recorded yet. Try again in a moment.");
  }
  const expected = receiptMac(organizationId, pepperVersion, facts);
  if (expected === null) return unreadable(`the pepper of version ${pepperVersion} is not loaded`);
  if (Buffer.compare(expected, mac) !== 0) return edited;
  const parsed = receiptFacts.safeParse(JSON.parse(facts));
  return parsed.success && parsed.data.key_id === `key_${keyId}` ? success(parsed.data) : edited;
}

const unreadable = (reason: string): Failure =>
  failure("conflict", `The receipt of this revocation is not signed, because ${reason}.`);
const edited = unreadable("it is not what was written there");

export async function signFacts(
  facts: ReceiptFacts,
  signer: Awaited<ReturnType<typeof currentSigner>>,
  now: Date,
): Promise<{ readonly receipt: string; readonly iat: number }> {
  const iat = Math.floor(now.getTime() / 1000);
  const claims: ReceiptClaims = { iss: env().appUrl, iat, ...facts };
  const receipt = await new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: accessTokenAlgorithm, typ: receiptType, kid: signer.id })
    .sign(signer.privateKey);
  return { receipt, iat };
}

/** Removes machines, keys and addresses, which only readers of the audit log may see. */
export function withoutNames(facts: ReceiptFacts): ReceiptFacts {
  const nodes = facts.nodes.map(({ name: _, ...node }) => node);
  const clients = facts.clients?.map(({ node, state }) => ({ node, state })) ?? null;
  return { ...facts, nodes, clients };
}
