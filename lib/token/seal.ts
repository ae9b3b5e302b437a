import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const ivLength = 12;
const tagLength = 16;

/**
 * Seals what the database must hold and must not be able to read, under a key derived from a pepper.
 *
 * @param about what it is for and which row it belongs to: sealed for one thing, it opens for no other
 * @returns initialization vector, tag and ciphertext
 */
export function seal(plaintext: Uint8Array, pepper: Buffer, about: string): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, sealingKey(pepper), iv).setAAD(Buffer.from(about));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), ciphertext]));
}

/** The plaintext again. @throws when the pepper is another, or what was sealed was changed or is of something else */
export function unseal(sealed: Uint8Array, pepper: Buffer, about: string): Buffer {
  const decipher = createDecipheriv(algorithm, sealingKey(pepper), sealed.subarray(0, ivLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(ivLength, ivLength + tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(ivLength + tagLength)), decipher.final()]);
}

/** Of its own, so that the pepper itself is used for nothing but the secrets of keys. (RFC 5869) */
function sealingKey(pepper: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", pepper, "", "latchkey seal", 32));
}
