import { type Label, labelName, labelValueMaximum } from "./key-labels";

export const labelNameFault =
  "Label names use a-z, 0-9, _ . -, start with a letter and have at most 40 characters";

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
