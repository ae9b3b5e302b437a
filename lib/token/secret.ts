import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The server-held peppers by version. The current one hashes new secrets; older ones stay live until
 * no secret hashed with them is left, so that a pepper can be replaced without replacing keys.
 */
export type Peppers = { readonly current: number; readonly byVersion: ReadonlyMap<number, Buffer> };

export type HashedSecret = { readonly hash: Buffer; readonly pepperVersion: number };

function hmac(token: string, pepper: Buffer): Buffer {
  return createHmac("sha256", pepper).update(token).digest();
}

/** HMAC-SHA-256 of the whole token under the current pepper: all that is ever stored of it. [Y3] */
export function hashToken(token: string, peppers: Peppers): HashedSecret {
  const pepper = peppers.byVersion.get(peppers.current);
  if (pepper === undefined) throw new Error(`pepper version ${peppers.current} is not loaded`);
  return { hash: hmac(token, pepper), pepperVersion: peppers.current };
}

/**
 * A comparer for one presented token. It computes the HMAC once per pepper version however many secrets
 * it is asked about, and compares in constant time. A secret whose pepper is gone matches nothing.
 */
export function tokenMatcher(
  token: string,
  peppers: Peppers,
): (secret: { readonly hash: Uint8Array; readonly pepperVersion: number }) => boolean {
  const hashes = new Map<number, Buffer>();
  return (secret) => {
    let hash = hashes.get(secret.pepperVersion);
    if (hash === undefined) {
      const pepper = peppers.byVersion.get(secret.pepperVersion);
      if (pepper === undefined) return false;
      hash = hmac(token, pepper);
      hashes.set(secret.pepperVersion, hash);
    }
    return hash.length === secret.hash.length && timingSafeEqual(hash, secret.hash);
  };
}
