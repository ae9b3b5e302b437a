import type { AuditLogEntry, AuditLogPage } from "@/lib/services/audit/read-audit-log";
import { type EntryChange, entryChanges } from "./entry-changes";
import { type EntryText, entryText } from "./entry-text";

/** An entry in words. Its raw details are not sent to the browser. */
export type ShownEntry = Omit<AuditLogEntry, "details"> & {
  readonly text: EntryText;
  readonly changes: readonly EntryChange[];
  readonly hasReceipt: boolean;
};

export type ShownAuditPage = Omit<AuditLogPage, "entries"> & { readonly entries: readonly ShownEntry[] };

/** Puts the entries into words. Runs on the server. */
export function shownEntries({ entries, ...page }: AuditLogPage): ShownAuditPage {
  return {
    ...page,
    entries: entries.map(({ details, ...entry }) => ({
      ...entry,
      text: entryText({ ...entry, details }, page.names),
      changes: entryChanges(details, page.names),
      hasReceipt: hasReceipt(entry.action, details),
    })),
  };
}

/** A revocation has a receipt; so has the deletion of a key that was not revoked before. */
function hasReceipt(action: AuditLogEntry["action"], details: AuditLogEntry["details"]): boolean {
  return action === "key.revoked" || (action === "key.deleted" && details.wasRevoked === false);
}
