/** What a column holds. Null is an empty cell. */
export type CsvValue = string | number | boolean | Date | null;

/**
 * Spreadsheets open a file that begins with this as UTF-8; without it, Excel shows "JosÃ©". Programs that want plain
 * data have the API.
 */
export const byteOrderMark = "\uFEFF";

/**
 * A line of a CSV file, with its end. (RFC 4180) Semicolons and tabs are quoted too: spreadsheets offer to separate cells
 * by them as well, and the rest of a name would be a cell of its own.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises: names are typed by
 * people, and whoever opens the file must not run what somebody else typed.
 */
export function csvRow(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: CsvValue): string {
  if (value === null) return "";
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === "string" ? withoutFormula(value) : String(value);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Also after blanks, which some programs cut, and in the wide forms that some read as the usual characters. */
function withoutFormula(text: string): string {
  return /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}
