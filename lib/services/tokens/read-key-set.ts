import type { JWK } from "jose";
import { publishedKeys } from "@/lib/core/signing-plan";
import { accessTokenAlgorithm } from "@/lib/schemas/access-token";
import { readSigningKeys } from "./signing-keys";

/** The public keys that access tokens are checked with, newest first. (RFC 7517) */
export async function readKeySet(now: Date): Promise<{ readonly keys: readonly JWK[] }> {
  const keys = publishedKeys(await readSigningKeys(now), now);
  return {
    keys: keys.map(({ id, publicJwk }) => ({
      ...(publicJwk as JWK),
      kid: id,
      use: "sig",
      alg: accessTokenAlgorithm,
    })),
  };
}
