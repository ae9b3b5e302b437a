import { compactVerify, createLocalJWKSet, errors } from "jose";
import { database } from "@/lib/db/client";
import { accessTokenAlgorithm, publicSigningKey } from "@/lib/schemas/access-token";
import { checkpointClaims, checkpointType } from "@/lib/schemas/audit/audit-checkpoint";
import type { ChainPosition } from "./verify-audit-chains";

export type OpenedCheckpoint = {
  readonly position: ChainPosition;
  /**
   * False if the key that signed it is gone, since signing keys are removed some time after their successor takes over.
   */
  readonly isSignatureChecked: boolean;
};

/** Reads a checkpoint that somebody kept. @returns null if this Latchkey did not issue it */
export async function openCheckpoint(jws: string): Promise<OpenedCheckpoint | null> {
  const keys = await database().signingKey.findMany({ select: { id: true, publicJwk: true } });
  const published = keys.map(({ id, publicJwk }) => ({ ...publicSigningKey.parse(publicJwk), kid: id }));
  let isSignatureChecked = true;
  try {
    const { protectedHeader } = await compactVerify(jws, createLocalJWKSet({ keys: published }), {
      algorithms: [accessTokenAlgorithm],
    });
    if (protectedHeader.typ !== checkpointType) return null;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    if (!(error instanceof errors.JWKSNoMatchingKey)) return null;
    isSignatureChecked = false;
  }
  const claims = checkpointClaims.safeParse(claimsOf(jws));
  if (!claims.success) return null;
  const { organization, sequence, hash, iat } = claims.data;
  const position = {
    ...{ organizationId: organization, sequence, at: new Date(iat * 1000) },
    hash: Buffer.from(hash, "hex"),
  };
  return { position, isSignatureChecked };
}

function claimsOf(jws: string): unknown {
  try {
    return JSON.parse(Buffer.from(jws.split(".")[1] ?? "", "base64url").toString());
  } catch {
    return null;
  }
}
