import { type Label, labelsByName, maximumLabels } from "@/lib/core/keys/attributes/key-labels";
import { readLabel } from "@/lib/core/keys/attributes/read-label";
import { metadataFault } from "@/lib/core/keys/key-metadata";
import type { KeyAttributes } from "@/lib/services/keys/key-attributes";

/** The state of the fields for subject, metadata and labels. */
export type KeyAttributesDraft = {
  readonly subject: string;
  readonly metadata: string;
  readonly labels: readonly Label[];
  /** Text in the label field that has not been added yet. */
  readonly labelText: string;
};

export const noAttributes: KeyAttributesDraft = { subject: "", metadata: "", labels: [], labelText: "" };

export function attributesDraft({ subject, metadata, labels }: KeyAttributes): KeyAttributesDraft {
  return { ...noAttributes, subject: subject ?? "", metadata: metadata ?? "", labels: labelsByName(labels) };
}

/** The attributes to send, including a label that was typed but not added. The server validates them. */
export function draftAttributes({ subject, metadata, labels, labelText }: KeyAttributesDraft) {
  return { subject, metadata, labels: Object.fromEntries(addLabels(labels, labelText).labels) };
}

/** Only the attributes that the draft changes, like `changedDraftLimits`. */
export function changedDraftAttributes(
  draft: KeyAttributesDraft,
  before: KeyAttributes,
): Partial<ReturnType<typeof draftAttributes>> {
  const { subject, metadata, labels } = draftAttributes(draft);
  const written = (pairs: Readonly<Record<string, string>>) => JSON.stringify(labelsByName(pairs));
  return {
    ...(subject === (before.subject ?? "") ? {} : { subject }),
    ...(metadata.trim() === (before.metadata ?? "") ? {} : { metadata }),
    ...(written(labels) === written(before.labels) ? {} : { labels }),
  };
}

/** The first fault that the browser finds in the draft; null if there is none. */
export function attributesFault(
  draft: KeyAttributesDraft,
): { readonly field: "metadata" | "labels"; readonly message: string } | null {
  const metadata = draftMetadataFault(draft.metadata);
  if (metadata !== null) return { field: "metadata", message: metadata };
  const { fault } = addLabels(draft.labels, draft.labelText);
  return fault === null ? null : { field: "labels", message: fault };
}

export function draftMetadataFault(written: string): string | null {
  const text = written.trim();
  return text === "" ? null : metadataFault(text);
}

type AddedLabels = {
  readonly labels: readonly Label[];
  /** The entries that could not be added. */
  readonly rest: string;
  /** Why the first of those entries could not be added. */
  readonly fault: string | null;
};

/**
 * Adds the labels in a text, separated by commas, tabs or line breaks. A label replaces an earlier one of the same
 * name.
 */
export function addLabels(before: readonly Label[], text: string): AddedLabels {
  const labels = new Map(before);
  const rest: string[] = [];
  let fault: string | null = null;
  for (const entry of text.split(/[,\n\r\t]+/).map((part) => part.trim())) {
    if (entry === "") continue;
    const read = readLabel(entry);
    if ("fault" in read) {
      fault ??= `“${entry}”: ${read.fault}`;
      rest.push(entry);
      continue;
    }
    const [name, value] = read.label;
    if (labels.size >= maximumLabels && !labels.has(name)) {
      fault ??= `A key has at most ${maximumLabels} labels`;
      rest.push(entry);
    } else labels.set(name, value);
  }
  return { labels: [...labels], rest: rest.join(", "), fault };
}
