import type { CryptoKey } from "jose";
import { importPKCS8 } from "jose";
import { isRotationDue, signerAt } from "@/lib/core/signing-plan";
import { database } from "@/lib/db/client";
import type { SigningKey } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import { remember } from "@/lib/remember";
import { accessTokenAlgorithm } from "@/lib/schemas/access-token";
import { unseal } from "@/lib/token/seal";
import { sealedFor } from "./make-signing-key";
import { rotateSigningKey } from "./rotate-signing-key";

/** A signing key without its private part, which is read only to sign. */
export type SigningKeyRow = Omit<SigningKey, "sealedPrivateKey">;

/** All signing keys. Creates the next one first if rotation is due. */
export async function readSigningKeys(now: Date): Promise<SigningKeyRow[]> {
  const keys = await database().signingKey.findMany();
  if (!isRotationDue(keys, now)) return keys;
  await rotateSigningKey(signerAt(keys, now) === undefined ? "at once" : "in time", now, keys);
  return database().signingKey.findMany();
}

export type Signer = { readonly id: string; readonly privateKey: CryptoKey };

/**
 * The key that signs now. It is read from the database each time, since another node may have retired it. If this
 * process lacks the pepper that sealed the key, it creates a new one.
 */
export async function currentSigner(now: Date): Promise<Signer> {
  const keys = await readSigningKeys(now);
  const signer = await openSigner(signerAt(keys, now));
  if (signer !== null) return signer;
  await rotateSigningKey("at once", now, keys);
  const made = await openSigner(signerAt(await readSigningKeys(now), now));
  if (made === null) throw new Error("There is no signing key that this process can open");
  return made;
}

async function openSigner(row: SigningKeyRow | undefined): Promise<Signer | null> {
  if (row === undefined) return null;
  const opened = remember<{ last?: Signer }>("latchkeySigner", () => ({}));
  if (opened.last?.id === row.id) return opened.last;
  const pkcs8 = await openSealed(row);
  if (pkcs8 === null) return null;
  opened.last = { id: row.id, privateKey: await importPKCS8(pkcs8, accessTokenAlgorithm) };
  return opened.last;
}

async function openSealed(row: SigningKeyRow): Promise<string | null> {
  const pepper = env().peppers.byVersion.get(row.pepperVersion);
  const sealed = await database().signingKey.findUnique({
    where: { id: row.id },
    select: { sealedPrivateKey: true },
  });
  if (pepper === undefined || sealed === null) return null;
  try {
    return unseal(sealed.sealedPrivateKey, pepper, sealedFor(row.id)).toString();
  } catch {
    // This process has a different pepper with the same version number, so it cannot open the key.
    return null;
  }
}
