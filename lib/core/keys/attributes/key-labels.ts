/** The maximum number of labels per key. */
export const maximumLabels = 10;
export const labelName = /^[a-z][a-z0-9_.-]{0,39}$/;
export const labelNameFault =
  "Label names use a-z, 0-9, _ . -, start with a letter and have at most 40 characters";
/** In code points. */
export const labelValueMaximum = 80;

export type Label = readonly [name: string, value: string];

/** The text form of a label, which people also type. */
export function labelText([name, value]: Label): string {
  return `${name}=${value}`;
}

/** Sorts a key's labels by name for display. The database returns them in another order. */
export function labelsByName(labels: Readonly<Record<string, string>>): Label[] {
  return Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** @returns the label, or why the text is not one */
export function readLabel(text: string): { readonly label: Label } | { readonly fault: string } {
  const equals = text.indexOf("=");
  if (equals === -1) return { fault: "Write a label as name=value" };
  const name = text.slice(0, equals).trim();
  const value = text.slice(equals + 1).trim();
  if (!labelName.test(name)) return { fault: labelNameFault };
  if ([...value].length > labelValueMaximum) {
    return { fault: `A label's value has at most ${labelValueMaximum} characters` };
  }
  return { label: [name, value] };
}
