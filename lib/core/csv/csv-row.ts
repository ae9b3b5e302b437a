/** The value of a cell; null leaves it empty. */
export type CsvValue = string | number | boolean | Date | null;

/**
 * Spreadsheets open a file that begins with this as UTF-8; without it, Excel shows "JosÃ©". Programs that want plain
 * data have the API.
 */
export const byteOrderMark = "\uFEFF";

/**
 * One line of a CSV file with its line break. (RFC 4180) Values with semicolons or tabs are quoted too, because
 * spreadsheets offer those as separators.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises: names are typed by
 * people, and opening the file must not run them.
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

/** Also finds formulas after blanks, which some programs trim, and full-width characters, which some treat as ASCII. */
function withoutFormula(text: string): string {
  return /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}
