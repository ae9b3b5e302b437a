import type { VerdictChange } from "./read-changes";

/** Which keys of one organization a number of changes is about. */
export type ChangeScope = {
  readonly keyIds: ReadonlySet<string>;
  /** All keys that these users created. */
  readonly userIds: ReadonlySet<string>;
  readonly all: boolean;
};

/** Null when the changes are about other organizations alone. */
export function scopeIn(
  changes: readonly VerdictChange[] | "everything",
  organizationId: string,
): ChangeScope | null {
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
