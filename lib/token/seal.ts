import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const ivLength = 12;
const tagLength = 16;

/**
 * Encrypts data that the database stores but must not be able to read, with a key derived from a pepper.
 *
 * @param about the purpose and the row it belongs to; unsealing with another value fails
 * @returns initialization vector, tag and ciphertext
 */
export function seal(plaintext: Uint8Array, pepper: Buffer, about: string): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, sealingKey(pepper), iv).setAAD(Buffer.from(about));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), ciphertext]));
}

/** Decrypts sealed data. @throws if the pepper or `about` is different, or the data was changed */
export function unseal(sealed: Uint8Array, pepper: Buffer, about: string): Buffer {
  const decipher = createDecipheriv(algorithm, sealingKey(pepper), sealed.subarray(0, ivLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(ivLength, ivLength + tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(ivLength + tagLength)), decipher.final()]);
}

/** A key of its own, so that the pepper itself only ever hashes key secrets. (RFC 5869) */
function sealingKey(pepper: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", pepper, "", "latchkey seal", 32));
}
