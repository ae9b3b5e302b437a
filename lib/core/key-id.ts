/** `key_` and the 16 characters: the key id as people and programs see it. */
export function formatKeyId(keyId: string): string {
  return `key_${keyId}`;
}

const publicKeyIdPattern = /^key_([0-9A-Za-z]{16})$/;

/** The 16 characters of a `key_...` id; null for anything else. */
export function parseKeyId(publicKeyId: string): string | null {
  return publicKeyIdPattern.exec(publicKeyId)?.[1] ?? null;
}
