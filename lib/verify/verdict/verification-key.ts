import type { CryptoKey, JWK } from "jose";
import { importJWK } from "jose";
import { database } from "@/lib/db/client";
import { remember } from "@/lib/remember";
import { accessTokenAlgorithm } from "@/lib/schemas/access-token";

const maximum = 32;

/**
 * The public key that a token names. Whether that key was removed since is not checked here.
 *
 * @param id as claimed, of any length and content
 * @returns null when this Latchkey has no such key
 */
export async function verificationKey(id: string): Promise<CryptoKey | null> {
  // The id is the key's thumbprint, so a cached key is never stale.
  const kept = remember("latchkeyVerificationKeys", () => new Map<string, CryptoKey>());
  const known = kept.get(id);
  if (known !== undefined) return known;
  if (!/^[A-Za-z0-9_-]{43}$/.test(id)) return null;

  const row = await database().signingKey.findUnique({ where: { id }, select: { publicJwk: true } });
  if (row === null) return null;
  const key = await importJWK(row.publicJwk as JWK, accessTokenAlgorithm);
  if (key instanceof Uint8Array) throw new Error("A signing key is not symmetric");
  if (kept.size >= maximum) kept.clear();
  kept.set(id, key);
  return key;
}
