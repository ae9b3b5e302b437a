import type { AuditAction } from "@/lib/core/audit-actions";

export type AuditEntryFilters = {
  /** Any of these. */
  readonly actions?: readonly AuditAction[] | undefined;
  /** Any of these people, those with this text in name or email, or a key by its id (16 characters, without `key_`). */
  readonly actor?:
    | { readonly userIds: readonly string[] }
    | { readonly text: string }
    | { readonly keyId: string }
    | undefined;
  /** Any of these objects, or those with this text in the name that the entry recorded. */
  readonly target?: { readonly ids: readonly string[] } | { readonly recorded: string } | undefined;
  /** Done by or to any of these, or with this text in a name that the entry recorded. */
  readonly search?: AuditSubjects | { readonly recorded: string } | undefined;
  /** As the entries have it. */
  readonly address?: string | undefined;
  /** At or after this moment. */
  readonly from?: Date | undefined;
  /** Before this moment. */
  readonly to?: Date | undefined;
};
/** By their ids: what entries are about, and the people and the keys that did it. */
export type AuditSubjects = {
  readonly targetIds: readonly string[];
  readonly userIds: readonly string[];
  readonly keyIds: readonly string[];
};
