import { timingSafeEqual } from "node:crypto";
import { hmacSha256 } from "./hmac-sha256";

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
 * or another's.
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
      ([version, pepper]) => [version, hmacSha256(label, pepper)] as const,
    );
    own = { current: peppers.current, byVersion: new Map(byVersion) };
    if (known.size >= maximumDerived) known.clear();
    known.set(organizationId, own);
  }
  return own;
}

export type HashedSecret = { readonly hash: Buffer; readonly pepperVersion: number };

/**
 * HMAC-SHA-256 of the whole token under the current pepper: all that is ever stored of it.
 *
 * @param peppers of the key's organization
 */
export function hashToken(token: string, peppers: Peppers): HashedSecret {
  const pepper = peppers.byVersion.get(peppers.current);
  if (pepper === undefined) throw new Error(`pepper version ${peppers.current} is not loaded`);
  return { hash: hmacSha256(token, pepper), pepperVersion: peppers.current };
}

/**
 * A comparer for one presented token. It computes the HMAC once for all secrets in a row of one pepper
 * version, and compares in constant time. A secret whose pepper is gone matches nothing.
 *
 * @param peppers of the key's organization
 */
export function tokenMatcher(
  token: string,
  peppers: Peppers,
): (secret: { readonly hash: Uint8Array; readonly pepperVersion: number }) => boolean {
  // Nearly always one version.
  let hashed: HashedSecret | undefined;
  return (secret) => {
    if (hashed?.pepperVersion !== secret.pepperVersion) {
      const pepper = peppers.byVersion.get(secret.pepperVersion);
      if (pepper === undefined) return false;
      hashed = { hash: hmacSha256(token, pepper), pepperVersion: secret.pepperVersion };
    }
    const { hash } = secret;
    return hash.length === hashed.hash.length && timingSafeEqual(hashed.hash, hash);
  };
}
