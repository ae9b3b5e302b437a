import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { KeyLabels } from "@/lib/schemas/key-attributes";
import { changeDetails } from "@/lib/services/audit/record-audit-entry";

/** Information that a key carries for services and people. It grants the key nothing. */
export type KeyAttributes = {
  readonly subject: string | null;
  /** The JSON text of an object, exactly as it was written. */
  readonly metadata: string | null;
  readonly labels: KeyLabels;
};

type AttributeColumns = Pick<ApiKeyModel, keyof KeyAttributes>;

export function attributesOfKey({ subject, metadata, labels }: AttributeColumns): KeyAttributes {
  return { subject, metadata, labels: labels as KeyLabels };
}

/** The attributes after a change, and the details for its audit entry; null if nothing changes. */
export function changedAttributes(
  before: KeyAttributes,
  change: { readonly [Name in keyof KeyAttributes]?: KeyAttributes[Name] | undefined },
) {
  const { subject = before.subject, metadata = before.metadata, labels = before.labels } = change;
  const after = { subject, metadata, labels };
  const was = attributeDetails(before);
  const is = attributeDetails(after);
  const changed = names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
  if (changed.length === 0) return null;
  return { after, details: changeDetails(only(was, changed), only(is, changed)) };
}

/**
 * The attributes as an audit entry records them. Metadata is recorded in full, so that the log can tell what a
 * verification returned on a given day; its size limit also bounds the entry.
 */
export function attributeDetails({ subject, metadata, labels }: KeyAttributes) {
  // Sort the names, since PostgreSQL stores them in another order.
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return { subject, metadata, labels: pairs.sort() };
}
type AttributeDetails = ReturnType<typeof attributeDetails>;

const names = ["subject", "metadata", "labels"] as const satisfies readonly (keyof KeyAttributes)[];

function only(details: AttributeDetails, which: readonly (keyof KeyAttributes)[]): Partial<AttributeDetails> {
  return Object.fromEntries(which.map((name) => [name, details[name]]));
}
