import { CompactSign } from "jose";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { accessTokenAlgorithm } from "@/lib/schemas/access-token";
import type { CheckpointClaims } from "@/lib/schemas/audit/audit-checkpoint";
import { checkpointType } from "@/lib/schemas/audit/audit-checkpoint";
import { currentSigner } from "@/lib/services/tokens/signing-keys";
import { chainStart } from "./audit-hash";
import { readAuditCut } from "./retention/read-audit-cut";
import type { StoredEntry } from "./verify-audit-chains";
import { entryFault } from "./verify-audit-chains";

export type SignedCheckpoint = {
  readonly organizationId: string;
  readonly sequence: number;
  readonly hash: string;
  readonly at: Date;
  /** A JWS in compact form, signed with an access token signing key. (RFC 7515, 7.1) */
  readonly checkpoint: string;
};

/** Signs the current head of an organization's audit chain, unless its entry was changed. */
export async function signCheckpoint(organizationId: string, now: Date): Promise<Result<SignedCheckpoint>> {
  const [last, before] = await database().auditEntry.findMany({
    where: { organizationId },
    orderBy: { sequence: "desc" },
    take: 2,
  });
  // Read the head last, so that entries written meanwhile come after it.
  const head = await database().auditHead.findUniqueOrThrow({ where: { organizationId } });
  const previous = before?.hash ?? (await readAuditCut(organizationId))?.hash ?? chainStart;
  if (last === undefined || head.sequence < last.sequence || !isAsWritten(last, previous)) return broken;
  if (head.sequence === last.sequence && Buffer.compare(head.hash, last.hash) !== 0) return broken;
  const iat = Math.floor(now.getTime() / 1000);
  const hash = Buffer.from(last.hash).toString("hex");
  const claims: CheckpointClaims = {
    ...{ iss: env().appUrl, iat, organization: organizationId },
    ...{ sequence: last.sequence, hash },
  };
  const signer = await currentSigner(now);
  const checkpoint = await new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: accessTokenAlgorithm, typ: checkpointType, kid: signer.id })
    .sign(signer.privateKey);
  return success({ organizationId, sequence: last.sequence, hash, at: new Date(iat * 1000), checkpoint });
}

const broken = failure(
  "conflict",
  "The audit log does not end as it was written, so its end is not signed. The server's operator can find out more with npm run audit:verify.",
);

function isAsWritten(entry: StoredEntry, previous: Uint8Array): boolean {
  return entry.pepperVersion !== null && entryFault(entry, previous) === null;
}
