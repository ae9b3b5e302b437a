import { byteOrderMark, csvRow } from "@/lib/core/csv/csv-row";
import { formatKeyId } from "@/lib/core/keys/key-id";
import type { AuditEntryView } from "./list-audit-entries";

/**
 * The fields of an exported entry, in both formats. Scripts read them by name, so new ones go to the end and none is
 * renamed. Times are in UTC.
 */
function exportedFields(entry: AuditEntryView) {
  const { actorKeyId, actorUserId, targetType, targetId } = entry;
  return {
    entry: entry.sequence,
    at: entry.at,
    action: entry.action,
    actor_type: entry.actorKind,
    actor_id: actorKeyId === null ? actorUserId : formatKeyId(actorKeyId),
    actor_name: entry.actorName,
    on_behalf_of: entry.onBehalfOfId,
    target_type: targetType,
    target_id: targetType === "key" ? formatKeyId(targetId) : targetId,
    target_name: entry.targetName,
    details: entry.details,
    address: entry.address,
    user_agent: entry.userAgent,
    request_id: entry.requestId,
    hash: Buffer.from(entry.hash).toString("hex"),
  };
}

const names: readonly (keyof ReturnType<typeof exportedFields>)[] = [
  ...(["entry", "at", "action", "actor_type", "actor_id", "actor_name", "on_behalf_of"] as const),
  ...(["target_type", "target_id", "target_name", "details", "address", "user_agent"] as const),
  ...(["request_id", "hash"] as const),
];

const csvHead = `${byteOrderMark}${csvRow(names)}`;
/** The start of a file in each format. */
export const auditExportHeads = { csv: csvHead, jsonl: "" } as const;

export function auditCsvRow(entry: AuditEntryView): string {
  const fields = exportedFields(entry);
  return csvRow(names.map((name) => (name === "details" ? JSON.stringify(fields.details) : fields[name])));
}

/** One JSON object per line. (JSON Lines) */
export function auditJsonLine(entry: AuditEntryView): string {
  return `${JSON.stringify(exportedFields(entry))}\n`;
}
