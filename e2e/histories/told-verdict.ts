/**
 * A verdict as the histories compare it: the code and, if the key has them, its subject and metadata. An old subject
 * after an answered change is as wrong as an old code.
 *
 * @param metadata the metadata exactly as written
 */
export function toldVerdict(code: string, subject: string | null, metadata: string | null): string {
  return subject === null && metadata === null ? code : `${code} ${subject} ${metadata}`;
}
