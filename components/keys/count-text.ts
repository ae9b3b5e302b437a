import type { KeyCount } from "@/lib/services/keys/key-view";

/** Where not all were counted, a round number that there are more of; nothing where none is known. */
export function countText({ count, isAll }: KeyCount): string | undefined {
  if (isAll) return String(count);
  if (count === 0) return undefined;
  const unit = 10 ** Math.floor(Math.log10(count));
  return `${(Math.floor(count / unit) * unit).toLocaleString("en")}+`;
}

/**
 * How many rows a list has, for who has seen those up to `seen`.
 *
 * @param total as many as are known to be there
 */
export function totalText(counted: KeyCount, total: number, seen: number): string {
  if (counted.isAll || total <= seen) return String(total);
  return seen < counted.count / 2 ? (countText(counted) ?? "") : `${total.toLocaleString("en")}+`;
}
