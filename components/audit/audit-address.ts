import { formatSequenceCursor } from "@/lib/core/list-cursor";
import type { AuditFilterTexts } from "@/lib/schemas/audit/audit-log-address";

/**
 * The address of the audit log with these filters.
 *
 * @param after the entry before the page's first; null for the first page
 */
export function auditAddress(path: string, filters: AuditFilterTexts, after: number | null = null): string {
  const parameters = new URLSearchParams(Object.entries(filters));
  if (after !== null) parameters.set("cursor", formatSequenceCursor(after));
  const query = parameters.toString();
  return query === "" ? path : `${path}?${query}`;
}
