import { z } from "zod";
import type { AuditActionGroup } from "@/lib/core/audit/audit-action-groups";
import { actionsIn, auditActionGroups } from "@/lib/core/audit/audit-action-groups";
import { auditActions } from "@/lib/core/audit-actions";
import { parseAddress } from "@/lib/core/keys/address-range";
import { parseKeyId } from "@/lib/core/keys/key-id";
import { momentQuery } from "@/lib/schemas/fields/moment";
import { plainText } from "@/lib/schemas/fields/plain-text";
import { sequenceCursorQuery } from "@/lib/schemas/list-query";

/** The filters of the page "Audit log", by their names in its address, in the order they are shown. */
export const auditFilterNames = ["actor", "action", "target", "address", "from", "to"] as const;
export type AuditFilterName = (typeof auditFilterNames)[number];
/** As they stand in the address. */
export type AuditFilterTexts = Readonly<Partial<Record<AuditFilterName, string>>>;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const actor = plainText({ label: "Who", minimum: 1, maximum: 200 }).transform((text) => {
  const keyId = parseKeyId(text);
  if (keyId !== null) return { keyId };
  return uuid.test(text) ? { userIds: [text.toLowerCase()] } : { text };
});

const action = z.union(
  [
    z.enum(auditActionGroups).transform((group: AuditActionGroup) => actionsIn(group)),
    z.enum(auditActions).transform((one) => [one]),
  ],
  "There is no such action",
);

const target = z
  .string()
  .trim()
  .transform((text) => parseKeyId(text) ?? text.toLowerCase())
  .refine(
    (id) => uuid.test(id) || /^[0-9A-Za-z]{16}$/.test(id),
    "This is not the ID of a key, a person or a role",
  );

/** An IP address as the log writes it. */
export const loggedAddress = z.string().transform((text, context) => {
  const address = parseAddress(text.trim());
  if (address !== null) return address.toString();
  context.addIssue({ code: "custom", message: "This is not an IP address" });
  return z.NEVER;
});

const filterSchemas = { actor, action, target, address: loggedAddress, from: momentQuery, to: momentQuery };
type Parsed = { readonly [Name in AuditFilterName]?: z.output<(typeof filterSchemas)[Name]> };

export type AuditLogQuery = Parsed & { readonly after: number | null };

/** The message for each filter that cannot be read. */
export type AuditFilterFaults = Readonly<Partial<Record<AuditFilterName | "cursor", string>>>;

/**
 * Reads the address of the audit log. A filter that cannot be read is a fault, and the log must not be shown as if there
 * were none.
 */
export function readAuditLogAddress(address: Readonly<Record<string, string | string[] | undefined>>): {
  readonly texts: AuditFilterTexts;
  readonly query: AuditLogQuery;
  readonly faults: AuditFilterFaults;
} {
  const texts: Partial<Record<AuditFilterName, string>> = {};
  const parsed: Record<string, unknown> = {};
  const faults: Partial<Record<AuditFilterName | "cursor", string>> = {};
  for (const name of auditFilterNames) {
    const given = address[name];
    if (given === undefined || given === "") continue;
    texts[name] = [given].flat().join(", ");
    const read = filterSchemas[name].safeParse(given);
    if (read.success) parsed[name] = read.data;
    else faults[name] = read.error.issues[0]?.message ?? "This cannot be read";
  }
  const cursor = sequenceCursorQuery.safeParse(address.cursor);
  if (!cursor.success) faults.cursor = "This page of the log cannot be read";
  return { texts, query: { ...(parsed as Parsed), after: cursor.data ?? null }, faults };
}
