import { grouped } from "@/components/ui/grouped";
import { accessLevels, levelWord } from "@/lib/core/access/access-level";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";
import { detailLabel, detailValue, isOrdinary, withRateLimit } from "./detail-words";

/** One line of an entry's details. */
export type EntryChange = {
  readonly label: string;
  /** Values that the change removed. */
  readonly gone: readonly string[];
  readonly added: readonly string[];
  /** Details that are not changes, or the values that a changed list still has. */
  readonly kept: readonly string[];
};

type Names = Readonly<Record<string, string>>;
type Detail = AuditDetails[string];

/** Fields that hold another field's earlier value without being named "…Before". */
const earlier: Readonly<Record<string, string>> = { levelBefore: "accessLevel", fromUserId: "toUserId" };

/** An entry's details as a diff: removed, added and kept values of each field. Unchanged fields are left out. */
export function entryChanges(recorded: AuditDetails, names: Names): readonly EntryChange[] {
  const details = withRateLimit(recorded);
  const changes: EntryChange[] = [];
  for (const [field, value] of Object.entries(details)) {
    if (afterOf(field, details) !== undefined || isOrdinary(field, value)) continue;
    const beforeField = Object.keys(details).find((other) => afterOf(other, details) === field);
    const label = detailLabel(field);
    if (beforeField === undefined) {
      const kept = textsOf(field, value, names);
      if (kept.length > 0) changes.push({ label, gone: [], added: [], kept });
      continue;
    }
    const [before, after] = [
      textsOf(field, details[beforeField] ?? null, names),
      textsOf(field, value, names),
    ];
    const gone = before.filter((text) => !after.includes(text));
    const added = after.filter((text) => !before.includes(text));
    if (gone.length === 0 && added.length === 0) continue;
    changes.push({
      label,
      gone,
      added,
      kept: Array.isArray(value) ? after.filter((text) => before.includes(text)) : [],
    });
  }
  // A renamed resource's entry records only the earlier name; its target carries the new one.
  if (typeof details.nameBefore === "string" && details.name === undefined) {
    changes.unshift({ label: "Name before", gone: [details.nameBefore], added: [], kept: [] });
  }
  return changes;
}

/** The field whose earlier value this field holds; undefined if it holds a value of its own. */
function afterOf(field: string, details: AuditDetails): string | undefined {
  const after = earlier[field] ?? (field.endsWith("Before") ? field.slice(0, -"Before".length) : undefined);
  if (after === undefined) return undefined;
  return after in details || field === "nameBefore" ? after : undefined;
}

function textsOf(field: string, value: Detail, names: Names): readonly string[] {
  const meaning = detailValue(field, value ?? null);
  if (meaning !== undefined) return [meaning];
  if (value === null || value === undefined || value === "") return [];
  if (typeof value === "object") return value.map((one) => detailValue(field, one) ?? one);
  if (typeof value === "boolean") return [value ? "Yes" : "No"];
  if (typeof value === "number") return [grouped(value)];
  const level = accessLevels.find((one) => one === value);
  return [level === undefined ? (names[value] ?? value) : levelWord(level)];
}
