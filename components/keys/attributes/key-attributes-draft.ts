import { type Label, labelsByName, maximumLabels, readLabel } from "@/lib/core/keys/attributes/key-labels";
import { metadataFault } from "@/lib/core/keys/key-metadata";
import type { KeyAttributes } from "@/lib/services/keys/key-attributes";

/** The state of the fields for what a key carries. */
export type KeyAttributesDraft = {
  readonly subject: string;
  readonly metadata: string;
  readonly labels: readonly Label[];
  /** Typed in the field of labels, and not added yet. */
  readonly labelText: string;
};

export const noAttributes: KeyAttributesDraft = { subject: "", metadata: "", labels: [], labelText: "" };

export function attributesDraft({ subject, metadata, labels }: KeyAttributes): KeyAttributesDraft {
  return { ...noAttributes, subject: subject ?? "", metadata: metadata ?? "", labels: labelsByName(labels) };
}

/** What this draft asks for; the server validates it. A label that was typed and not added counts too. */
export function draftAttributes({ subject, metadata, labels, labelText }: KeyAttributesDraft) {
  return { subject, metadata, labels: Object.fromEntries(addLabels(labels, labelText).labels) };
}

/** Only what the draft changes, like `changedDraftLimits`. */
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

/** What is wrong with the draft, as far as the browser can tell before sending it. */
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
  /** What could not be added. */
  readonly rest: string;
  /** Why the first of it could not be added. */
  readonly fault: string | null;
};

/**
 * Adds the labels in a text: one, or several on lines or between commas. One with the name of an earlier label replaces
 * it.
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
