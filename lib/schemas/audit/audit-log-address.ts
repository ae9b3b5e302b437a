import { z } from "zod";
import type { AuditActionGroup } from "@/lib/core/audit/audit-action-groups";
import { actionsIn, auditActionGroups } from "@/lib/core/audit/audit-action-groups";
import { auditActions } from "@/lib/core/audit-actions";
import { parseAddress } from "@/lib/core/keys/address-range";
import { parseKeyId } from "@/lib/core/keys/key-id";
import { momentQuery } from "@/lib/schemas/fields/moment";
import { plainText } from "@/lib/schemas/fields/plain-text";
import { sequenceCursorQuery } from "@/lib/schemas/list-query";
import { type AuditTerm, readTypedAuditSearch } from "./typed-audit-search";

/** The filters of the page "Audit log", named and ordered as its URL parameters. */
export const auditFilterNames = ["search", "actor", "action", "target", "address", "from", "to"] as const;
export type AuditFilterName = (typeof auditFilterNames)[number];
/** The filters' unparsed values from the URL. */
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
    // A verb, such as "revoked", for any kind of object.
    z.string().transform((done, context) => {
      const found = auditActions.filter((one) => one.endsWith(`.${done.trim().toLowerCase()}`));
      if (found.length === 0) context.addIssue({ code: "custom", message: "There is no such action" });
      return found;
    }),
  ],
  "There is no such action",
);

/** At least one of the two is set. */
type ObjectText = { readonly id?: string; readonly text?: string };

/** An id or part of a name. 16 letters and digits could be either. */
function objectText(label: string) {
  return plainText({ label, minimum: 1, maximum: 200 }).transform((text): ObjectText => {
    const keyId = parseKeyId(text);
    if (keyId !== null) return { id: keyId };
    if (uuid.test(text)) return { id: text.toLowerCase() };
    return /^[0-9A-Za-z]{16}$/.test(text) ? { id: text, text } : { text };
  });
}

/** An IP address as the log writes it. */
export const loggedAddress = z.string().transform((text, context) => {
  const address = parseAddress(text.trim());
  if (address !== null) return address.toString();
  context.addIssue({ code: "custom", message: "This is not an IP address" });
  return z.NEVER;
});

const filterSchemas = {
  ...{ search: objectText("Search"), actor, action, target: objectText("Object"), address: loggedAddress },
  ...{ from: momentQuery, to: momentQuery },
};
const filterOfTerm = {
  actor: "actor",
  action: "action",
  object: "target",
  address: "address",
} as const satisfies Record<AuditTerm, AuditFilterName>;

type Parsed = { readonly [Name in AuditFilterName]?: z.output<(typeof filterSchemas)[Name]> };

export type AuditLogQuery = Parsed & { readonly after: number | null };

/** Error messages by filter. */
export type AuditFilterFaults = Readonly<Partial<Record<AuditFilterName | "cursor", string>>>;

/** Parses the URL of the audit log. An invalid filter is an error: ignoring it would show entries it should hide. */
export function readAuditLogAddress(address: Readonly<Record<string, string | string[] | undefined>>): {
  readonly texts: AuditFilterTexts;
  readonly query: AuditLogQuery;
  readonly faults: AuditFilterFaults;
} {
  const texts: Partial<Record<AuditFilterName, string>> = {};
  const parsed: Record<string, unknown> = {};
  const faults: Partial<Record<AuditFilterName | "cursor", string>> = {};
  const typed = typeof address.search === "string" ? readTypedAuditSearch(address.search) : null;
  const terms = typed?.terms ?? [];
  for (const name of auditFilterNames) {
    const given = address[name];
    if (given !== undefined && given !== "") texts[name] = [given].flat().join(", ");
    const [term, more] = terms.filter((one) => filterOfTerm[one.name] === name);
    if (term !== undefined && (more !== undefined || texts[name] !== undefined)) {
      faults.search = `The log can be narrowed by one ${term.name} at a time`;
      continue;
    }
    const asked = name === "search" && typed !== null ? typed.text : (term?.value ?? given);
    if (asked === undefined || asked === "") continue;
    const read = filterSchemas[name].safeParse(asked);
    if (read.success) parsed[name] = read.data;
    else
      faults[term === undefined ? name : "search"] = read.error.issues[0]?.message ?? "This cannot be read";
  }
  const cursor = sequenceCursorQuery.safeParse(address.cursor);
  if (!cursor.success) faults.cursor = "This page of the log cannot be read";
  return { texts, query: { ...(parsed as Parsed), after: cursor.data ?? null }, faults };
}
