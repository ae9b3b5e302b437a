import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The server-held peppers by version. The current one hashes new secrets; older ones stay live until
 * no secret hashed with them is left, so that a pepper can be replaced without replacing keys.
 */
export type Peppers = { readonly current: number; readonly byVersion: ReadonlyMap<number, Buffer> };

/** Of organizations whose peppers were derived before, so that a verification does not do it anew. */
const derived = new WeakMap<Peppers, Map<string, Peppers>>();
const maximumDerived = 10_000;

/**
 * The peppers of one organization, derived from the server's: HMAC-SHA-256 is a pseudo-random function, so
 * who is given one organization's, to compare tokens in a process of its own, learns nothing of the server's
 * or another's. [Y3, L10]
 *
 * @param organizationId its UUID as text, lower case
 */
export function organizationPeppers(peppers: Peppers, organizationId: string): Peppers {
  let known = derived.get(peppers);
  if (known === undefined) {
    known = new Map();
    derived.set(peppers, known);
  }
  let own = known.get(organizationId);
  if (own === undefined) {
    const label = `latchkey organization pepper\0${organizationId}`;
    const byVersion = [...peppers.byVersion].map(
      ([version, pepper]) => [version, hmac(label, pepper)] as const,
    );
    own = { current: peppers.current, byVersion: new Map(byVersion) };
    if (known.size >= maximumDerived) known.clear();
    known.set(organizationId, own);
  }
  return own;
}

export type HashedSecret = { readonly hash: Buffer; readonly pepperVersion: number };

function hmac(text: string, pepper: Buffer): Buffer {
  return createHmac("sha256", pepper).update(text).digest();
}

/**
 * HMAC-SHA-256 of the whole token under the current pepper: all that is ever stored of it. [Y3]
 *
 * @param peppers of the key's organization
 */
export function hashToken(token: string, peppers: Peppers): HashedSecret {
  const pepper = peppers.byVersion.get(peppers.current);
  if (pepper === undefined) throw new Error(`pepper version ${peppers.current} is not loaded`);
  return { hash: hmac(token, pepper), pepperVersion: peppers.current };
}

/**
 * A comparer for one presented token. It computes the HMAC once per pepper version however many secrets
 * it is asked about, and compares in constant time. A secret whose pepper is gone matches nothing.
 *
 * @param peppers of the key's organization
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
