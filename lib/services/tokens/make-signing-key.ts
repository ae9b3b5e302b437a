import { calculateJwkThumbprint, exportJWK, exportPKCS8, generateKeyPair } from "jose";
import { env } from "@/lib/env";
import { accessTokenAlgorithm } from "@/lib/schemas/access-token";
import { seal } from "@/lib/token/seal";

/** A new pair as its row holds it: the private part is sealed before it is let out of here. */
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

/** What a sealed private key is for: the row it stands in, so that no other row's opens in its place. */
export function sealedFor(signingKeyId: string): string {
  return `signing key ${signingKeyId}`;
}
