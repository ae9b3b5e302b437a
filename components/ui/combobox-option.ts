import { foldedText } from "@/lib/core/typed-text";

/** One line to choose. */
export type ComboboxOption = {
  readonly value: string;
  /** The accessible name; looked for by what is typed. */
  readonly text: string;
  /** A second line; looked for too. */
  readonly secondary?: string | undefined;
  /** Options of one group stand together, under its name. */
  readonly group?: string | undefined;
  /** Why it cannot be chosen; stands in the place of the second line. */
  readonly disabledBecause?: string | undefined;
};

/** The options in which every word of the search stands somewhere, in the order they have. */
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

/** The options under their groups' names, groups in the order in which they first come. */
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
