import type { Result } from "@/lib/core/result";
import { mapResult } from "@/lib/core/result";
import type { AuditLogQuery } from "@/lib/schemas/audit/audit-log-address";
import type { MemberContext } from "@/lib/services/access/context";
import { auditCsvRow, auditJsonLine } from "./audit-export-rows";
import { listAuditEntries } from "./list-audit-entries";
import { resolveAuditFilters } from "./read-audit-log";
import { refuseAuditReader } from "./refuse-audit-reader";

export const auditExportFormats = ["csv", "jsonl"] as const;
export type AuditExportFormat = (typeof auditExportFormats)[number];

const pageSize = 1_000;
const writers = { csv: auditCsvRow, jsonl: auditJsonLine };

/** A chunk of an export of the audit log, newest first, for people who may read it. */
export async function readAuditExport(
  context: MemberContext,
  { after, ...query }: AuditLogQuery,
  format: AuditExportFormat,
): Promise<Result<{ readonly text: string; readonly next: number | null }>> {
  // Refuse first, since looking up the filters already reads the log.
  const refused = refuseAuditReader(context);
  if (refused !== null) return refused;
  const filters = await resolveAuditFilters(context.organization.id, query);
  const listed = await listAuditEntries(context, { ...filters, after, limit: pageSize });
  return mapResult(listed, ({ rows, next }) => ({
    text: rows.map(writers[format]).join(""),
    next: next?.sequence ?? null,
  }));
}
