import type { AccessLevel } from "@/lib/core/access-level";
import type { KeyType } from "@/lib/core/effective-permissions";
import { effectivePermissions } from "@/lib/core/effective-permissions";
import type { Permission } from "@/lib/core/permission";
import type { Role } from "@/lib/core/role";
import type { KeyOptions } from "@/lib/services/keys/read/key-view";

/** What stands in the form "Generate New Key". */
export type KeyDraft = {
  readonly name: string;
  readonly description: string;
  readonly type: KeyType;
  /** The one asked for; whether it can be given depends on the type and the namespace. */
  readonly accessLevel: AccessLevel;
  /** Null until one is chosen: the first that is offered. */
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

/** The namespace that the draft means; undefined when it is not offered any more. */
export function draftNamespace(draft: KeyDraft, options: KeyOptions) {
  if (draft.namespaceId === null) return options.namespaces[0];
  return options.namespaces.find(({ id }) => id === draft.namespaceId);
}

/**
 * The level the key gets: the one asked for, or the highest that can be given where that is lower. A public
 * key is no more than an identifier.
 */
export function draftLevel(draft: KeyDraft, options: KeyOptions): AccessLevel {
  if (draft.type === "public") return "MEMBER";
  const levels = draftNamespace(draft, options)?.levels ?? [];
  return levels.includes(draft.accessLevel) ? draft.accessLevel : (levels[0] ?? draft.accessLevel);
}

/** What a key of this draft with these roles may do, as the table that decides says. */
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
