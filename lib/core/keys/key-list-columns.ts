/** The columns that people add to the table "API keys", in the table's order. */
export const optionalKeyColumns = ["type", "namespace", "createdBy"] as const;
export type OptionalKeyColumn = (typeof optionalKeyColumns)[number];

/** Remembers a browser's last choice, for addresses that name no columns. */
export const keyColumnsCookie = "latchkey-key-columns";

/** Reads such a choice. It may be old or typed by hand, so unknown names are ignored. */
export function readKeyColumns(text: string): OptionalKeyColumn[] {
  const named = text.split(",");
  return optionalKeyColumns.filter((column) => named.includes(column));
}
