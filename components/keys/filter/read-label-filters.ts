import { labelName, maximumLabels } from "@/lib/core/keys/attributes/key-labels";

/** The filters in a text: `name=value` or `name`, between commas. */
export function readLabelFilters(text: string): string[] {
  const filters = text.split(",").map((part) => {
    const [name = "", ...value] = part.split("=");
    return value.length === 0 ? name.trim() : `${name.trim()}=${value.join("=").trim()}`;
  });
  return [...new Set(filters)].filter((filter) => filter !== "");
}

/** Why no key can carry these labels; null if one can. */
export function labelFilterFault(filters: readonly string[]): string | null {
  const wrong = filters.find((filter) => !labelName.test(filter.split("=")[0] ?? ""));
  if (wrong !== undefined) return `“${wrong}” is not the name of a label, or a name and its value`;
  return filters.length > maximumLabels ? `A key has at most ${maximumLabels} labels` : null;
}
