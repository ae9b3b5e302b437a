/** A parsed search of the audit log, such as `ana action:revoked object:"Billing export"`. */
export type TypedAuditSearch = {
  /** Everything outside of terms. */
  readonly text: string;
  readonly terms: readonly { readonly name: AuditTerm; readonly value: string }[];
};

export const auditTerms = ["actor", "action", "object", "address"] as const;
export type AuditTerm = (typeof auditTerms)[number];

/** `name:value` or `name:"quoted value"`, or a single word. */
const part = /\s*(?:([A-Za-z]+):)?(?:"([^"]*)"|(\S+))/guy;

/** A term without a value is read as text, and so is a word with an unknown name before its colon. */
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
