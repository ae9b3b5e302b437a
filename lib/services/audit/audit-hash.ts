import { createHash, createHmac } from "node:crypto";

/** The content that an entry's hash covers: everything except the hash itself and the row's id. */
export type HashedEntry = {
  readonly organizationId: string;
  readonly sequence: number;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorUserId: string | null;
  readonly actorKeyId: string | null;
  /** The user that a key acted for. */
  readonly onBehalfOfId: string | null;
  readonly actorName: string;
  readonly action: string;
  readonly targetType: string;
  readonly targetId: string;
  readonly targetName: string;
  readonly details: unknown;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  /** The version of the pepper from which the chain's key is derived; null for an entry from before chains had keys. */
  readonly pepperVersion: number | null;
};

/** The previous hash of a chain's first entry. */
export const chainStart: Uint8Array<ArrayBuffer> = new Uint8Array(32);

/**
 * HMAC-SHA-256 over the previous entry's hash and this entry as canonical JSON. Access to the database alone is not
 * enough to compute it.
 *
 * @param key null for an entry from before chains had keys, which has plain SHA-256
 */
export function auditHash(
  key: Buffer | null,
  previous: Uint8Array,
  entry: HashedEntry,
): Uint8Array<ArrayBuffer> {
  const { organizationId, sequence, at, actorKind, actorUserId, actorKeyId, actorName, action } = entry;
  const { targetType, targetId, targetName, details, address, userAgent, requestId, pepperVersion } = entry;
  const fields = {
    organizationId,
    sequence,
    at: at.toISOString(),
    actorKind,
    actorUserId,
    actorKeyId,
    actorName,
    // Left out if null, so that entries older than these columns keep their hashes.
    ...(entry.onBehalfOfId === null ? {} : { onBehalfOfId: entry.onBehalfOfId }),
    ...(pepperVersion === null ? {} : { pepperVersion }),
  };
  const rest = { action, targetType, targetId, targetName, details, address, userAgent, requestId };
  const digest = (key === null ? createHash("sha256") : createHmac("sha256", key))
    .update(previous)
    .update(canonicalJson({ ...fields, ...rest }))
    .digest();
  return new Uint8Array(digest);
}

/** JSON with sorted property names. The database does not keep their order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
