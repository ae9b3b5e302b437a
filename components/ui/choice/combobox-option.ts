import { foldedText } from "@/lib/core/typed-text";

export type ComboboxOption = {
  readonly value: string;
  /** The accessible name; searchable. */
  readonly text: string;
  /** A second line; also searchable. */
  readonly secondary?: string | undefined;
  /** Options with the same group are listed together under its name. */
  readonly group?: string | undefined;
  /** Why it cannot be chosen; replaces the second line. */
  readonly disabledBecause?: string | undefined;
};

/** The options that contain every word of the search, in their given order. */
export function matchingOptions(
  options: readonly ComboboxOption[],
  search: string,
): readonly ComboboxOption[] {
  const words = foldedText(search).split(" ").filter(Boolean);
  if (words.length === 0) return options;
  return options.filter((option) => {
    const text = foldedText(`${option.text} ${option.secondary ?? ""} ${option.group ?? ""}`);
    return words.every((word) => text.includes(word));
  });
}

/** Groups options by name, in order of first appearance. */
export function groupedOptions(
  options: readonly ComboboxOption[],
): readonly (readonly [group: string, options: readonly ComboboxOption[]])[] {
  const groups = new Map<string, ComboboxOption[]>();
  for (const option of options) {
    const group = groups.get(option.group ?? "");
    if (group === undefined) groups.set(option.group ?? "", [option]);
    else group.push(option);
  }
  return [...groups];
}
