import { createHash } from "node:crypto";

/** What the hash of an entry covers: everything except the hash itself and the row's id. */
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
};

/** The previous hash of a chain's first entry. */
export const chainStart: Uint8Array<ArrayBuffer> = new Uint8Array(32);

/** SHA-256 over the previous entry's hash and this entry as canonical JSON. */
export function auditHash(previous: Uint8Array, entry: HashedEntry): Uint8Array<ArrayBuffer> {
  const { organizationId, sequence, at, actorKind, actorUserId, actorKeyId, actorName, action } = entry;
  const { targetType, targetId, targetName, details, address, userAgent, requestId } = entry;
  const fields = {
    organizationId,
    sequence,
    at: at.toISOString(),
    actorKind,
    actorUserId,
    actorKeyId,
    actorName,
    // Left out if null: entries older than this column must keep their hashes.
    ...(entry.onBehalfOfId === null ? {} : { onBehalfOfId: entry.onBehalfOfId }),
  };
  const rest = { action, targetType, targetId, targetName, details, address, userAgent, requestId };
  const digest = createHash("sha256")
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
