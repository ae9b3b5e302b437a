import type { AuditAction } from "@/lib/core/audit-actions";

export type AuditEntryFilters = {
  /** Entries with any of these actions. */
  readonly actions?: readonly AuditAction[] | undefined;
  /**
   * Entries by any of these people, by people with this text in their name or email, or by the key with this id (16
   * characters, without `key_`).
   */
  readonly actor?:
    | { readonly userIds: readonly string[] }
    | { readonly text: string }
    | { readonly keyId: string }
    | undefined;
  /** Entries about any of these objects, or about objects that were recorded with this text in their names. */
  readonly target?: { readonly ids: readonly string[] } | { readonly recorded: string } | undefined;
  /** Entries by or about any of these, or with this text in a recorded name. */
  readonly search?: AuditSubjects | { readonly recorded: string } | undefined;
  /** In the form in which entries record it. */
  readonly address?: string | undefined;
  /** At or after this time. */
  readonly from?: Date | undefined;
  /** Before this time. */
  readonly to?: Date | undefined;
};
/** Ids of the objects that entries are about, and of the people and keys that acted. */
export type AuditSubjects = {
  readonly targetIds: readonly string[];
  readonly userIds: readonly string[];
  readonly keyIds: readonly string[];
};
