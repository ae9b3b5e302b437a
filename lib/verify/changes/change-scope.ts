import type { VerdictChanges } from "./read-changes";

/** The keys of one organization that a set of changes affects. */
export type ChangeScope = {
  readonly keyIds: ReadonlySet<string>;
  /** All keys that these users created. */
  readonly userIds: ReadonlySet<string>;
  readonly all: boolean;
};

/** Null when the changes only affect other organizations. */
export function scopeIn(changes: VerdictChanges, organizationId: string): ChangeScope | null {
  if (changes === "everything") return { keyIds: new Set(), userIds: new Set(), all: true };
  const own = changes.filter((change) => change.organizationId === organizationId);
  if (own.length === 0) return null;
  const keyIds = new Set(own.flatMap(({ keyId }) => keyId ?? []));
  const userIds = new Set(own.flatMap(({ keyId, userId }) => (keyId === null ? (userId ?? []) : [])));
  const all = own.some(({ keyId, userId }) => keyId === null && userId === null);
  return { keyIds, userIds, all };
}

export function isInScope(
  { keyIds, userIds, all }: ChangeScope,
  key: { readonly id: string; readonly creatorId: string },
): boolean {
  return all || keyIds.has(key.id) || userIds.has(key.creatorId);
}
