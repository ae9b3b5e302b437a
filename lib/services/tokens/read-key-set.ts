import { publishedKeys } from "@/lib/core/signing-plan";
import { accessTokenAlgorithm, publicSigningKey } from "@/lib/schemas/access-token";
import { readSigningKeys } from "./signing-keys";

/** The public keys that verify access tokens, newest first. (RFC 7517) */
export async function readKeySet(now: Date) {
  const keys = publishedKeys(await readSigningKeys(now), now);
  return {
    keys: keys.map(({ id, publicJwk }) => ({
      ...publicSigningKey.parse(publicJwk),
      kid: id,
      use: "sig" as const,
      alg: accessTokenAlgorithm,
    })),
  };
}
