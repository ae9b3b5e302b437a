/** Formats a whole number with separators: 12,510. */
export function grouped(count: number): string {
  return count.toLocaleString("en");
}
