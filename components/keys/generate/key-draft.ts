import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import type { Permission } from "@/lib/core/access/permission";
import type { Role } from "@/lib/core/access/role";
import type { KeyOptions, KeyRow } from "@/lib/services/keys/read/key-view";

/** The state of the form "Generate New Key". */
export type KeyDraft = {
  readonly name: string;
  readonly description: string;
  readonly type: KeyType;
  /** The requested level; the key's type and namespace may allow only a lower one. */
  readonly accessLevel: AccessLevel;
  /** Null means the first one offered. */
  readonly namespaceId: string | null;
  readonly roles: readonly string[];
};

export const emptyDraft: KeyDraft = {
  name: "",
  description: "",
  type: "secret",
  accessLevel: "MEMBER",
  namespaceId: null,
  roles: ["full_access"],
};

/** A draft with the settings of a key. The form asks for a new choice where the old one is no longer offered. */
export function draftLike({ name, description, type, accessLevel, namespace, roles }: KeyRow): KeyDraft {
  return {
    name,
    description,
    type,
    accessLevel,
    namespaceId: namespace.id,
    roles: roles.map(({ id }) => id),
  };
}

/** The namespace this draft refers to; undefined if it is no longer offered. */
export function draftNamespace(draft: KeyDraft, options: KeyOptions) {
  if (draft.namespaceId === null) return options.namespaces[0];
  return options.namespaces.find(({ id }) => id === draft.namespaceId);
}

/**
 * The level the key gets: the requested one, capped at the highest that can be granted. A public key is always at
 * Member.
 */
export function draftLevel(draft: KeyDraft, options: KeyOptions): AccessLevel {
  if (draft.type === "public") return "MEMBER";
  const levels = draftNamespace(draft, options)?.levels ?? [];
  return levels.includes(draft.accessLevel) ? draft.accessLevel : (levels[0] ?? draft.accessLevel);
}

/** What a key from this draft with these roles may do, computed with the core's permission table. */
export function draftPermissions(
  draft: KeyDraft,
  options: KeyOptions,
  roles: readonly Role[],
): readonly Permission[] {
  return effectivePermissions({
    type: draft.type,
    accessLevel: draftLevel(draft, options),
    roles,
    creatorLevel: draftNamespace(draft, options)?.level ?? null,
    keyCreators: options.keyCreators,
  }).permissions;
}
