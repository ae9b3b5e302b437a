import { calculateJwkThumbprint, exportJWK, exportPKCS8, generateKeyPair } from "jose";
import { env } from "@/lib/env";
import { accessTokenAlgorithm } from "@/lib/schemas/access-token";
import { seal } from "@/lib/token/seal";

/** The columns of a new signing key. The private key is sealed before it is returned. */
export async function makeSigningKey() {
  const { publicKey, privateKey } = await generateKeyPair(accessTokenAlgorithm, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const id = await calculateJwkThumbprint(publicJwk, "sha256");
  const { current, byVersion } = env().peppers;
  const pepper = byVersion.get(current);
  if (pepper === undefined) throw new Error(`pepper version ${current} is not loaded`);
  const pkcs8 = Buffer.from(await exportPKCS8(privateKey));
  const sealedPrivateKey = seal(pkcs8, pepper, sealedFor(id));
  pkcs8.fill(0);
  return { id, publicJwk: { ...publicJwk }, sealedPrivateKey, pepperVersion: current };
}

/** Binds a sealed private key to its row, so that a copy in another row does not open. */
export function sealedFor(signingKeyId: string): string {
  return `signing key ${signingKeyId}`;
}
