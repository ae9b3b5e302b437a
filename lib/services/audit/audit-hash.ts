import { createHash } from "node:crypto";

/** What the hash of an entry covers: all of it but the hash itself and the row's id. */
export type HashedEntry = {
  readonly organizationId: string;
  readonly sequence: number;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorUserId: string | null;
  readonly actorKeyId: string | null;
  /** Whom a key acted for. */
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

/** What the first entry of a chain follows. */
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
    // Entries of before the column have none, and their hashes stay as they are.
    ...(entry.onBehalfOfId === null ? {} : { onBehalfOfId: entry.onBehalfOfId }),
  };
  const rest = { action, targetType, targetId, targetName, details, address, userAgent, requestId };
  const digest = createHash("sha256")
    .update(previous)
    .update(canonicalJson({ ...fields, ...rest }))
    .digest();
  return new Uint8Array(digest);
}

/** JSON with the names of every object in order: the database gives a JSON object back in its own. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
