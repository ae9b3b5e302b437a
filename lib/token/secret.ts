import { timingSafeEqual } from "node:crypto";
import { hmacSha256 } from "./hmac-sha256";

/**
 * The server's peppers by version. The current one hashes new secrets. Older ones are kept until no secret depends on
 * them, so that replacing a pepper does not mean replacing keys.
 */
export type Peppers = { readonly current: number; readonly byVersion: ReadonlyMap<number, Buffer> };

/** Caches derived peppers, so that verifications do not derive them again. */
const derived = new WeakMap<Peppers, Map<string, Peppers>>();
const maximumDerived = 10_000;

/**
 * One organization's peppers, derived from the server's. HMAC-SHA-256 is a pseudo-random function, so a client that
 * gets one organization's peppers to verify tokens itself learns nothing about the server's or another organization's.
 *
 * @param organizationId its UUID in lowercase text
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
 * HMAC-SHA-256 of the whole token under the current pepper; nothing else about a token's secret is stored.
 *
 * @param token for an imported token, its `importedText`
 * @param peppers those of the key's organization
 */
export function hashToken(token: string, peppers: Peppers): HashedSecret {
  const pepper = peppers.byVersion.get(peppers.current);
  if (pepper === undefined) throw new Error(`pepper version ${peppers.current} is not loaded`);
  return { hash: hmacSha256(token, pepper), pepperVersion: peppers.current };
}

/** Hashes the token under each pepper, to look up a secret by its hash. */
export function hashesOf(token: string, peppers: Peppers): HashedSecret[] {
  return [...peppers.byVersion].map(([pepperVersion, pepper]) => ({
    hash: hmacSha256(token, pepper),
    pepperVersion,
  }));
}

/**
 * Returns a function that compares one presented token with stored secrets in constant time. Consecutive secrets with
 * the same pepper version share one HMAC. A secret whose pepper is gone never matches.
 *
 * @param peppers those of the key's organization
 */
export function tokenMatcher(
  token: string,
  peppers: Peppers,
): (secret: { readonly hash: Uint8Array; readonly pepperVersion: number }) => boolean {
  // Nearly always there is just one version.
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
