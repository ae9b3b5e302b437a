/** What a typed search of the audit log holds: `ana action:revoked object:"Billing export"`. */
export type TypedAuditSearch = {
  /** Everything that is not a term. */
  readonly text: string;
  readonly terms: readonly { readonly name: AuditTerm; readonly value: string }[];
};

export const auditTerms = ["actor", "action", "object", "address"] as const;
export type AuditTerm = (typeof auditTerms)[number];

/** A name and its colon, then a quotation or a word; or a word alone. */
const part = /\s*(?:([A-Za-z]+):)?(?:"([^"]*)"|(\S+))/guy;

/** A term without a value, and a word with any other colon, are text. */
export function readTypedAuditSearch(typed: string): TypedAuditSearch {
  const terms: { name: AuditTerm; value: string }[] = [];
  const texts: string[] = [];
  for (const [whole, written, quoted, bare] of typed.matchAll(part)) {
    const name = auditTerms.find((one) => one === written?.toLowerCase());
    const value = (quoted ?? bare ?? "").trim();
    if (name !== undefined && value !== "") terms.push({ name, value });
    else texts.push(written === undefined && quoted !== undefined ? quoted : whole.trim());
  }
  return { text: texts.join(" ").trim(), terms };
}
