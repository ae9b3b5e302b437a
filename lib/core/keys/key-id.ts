/** The key id shown to people and programs: `key_` and 16 characters. */
export function formatKeyId(keyId: string): string {
  return `key_${keyId}`;
}

const publicKeyIdPattern = /^key_([0-9A-Za-z]{16})$/;

/** The 16 characters of a `key_...` id; null for any other text. */
export function parseKeyId(publicKeyId: string): string | null {
  return publicKeyIdPattern.exec(publicKeyId)?.[1] ?? null;
}
