import { grouped } from "@/components/ui/grouped";
import type { KeyCount } from "@/lib/services/keys/read/key-view";

/**
 * A count that fits beside the name of a filter on a phone: where not all were counted, a round number that there
 * are more of, and nothing where none is known.
 */
export function countText({ count, isAll }: KeyCount): string | undefined {
  if (isAll) return String(count);
  if (count === 0) return undefined;
  const round = rounded(count);
  return round < 1000 ? `${round}+` : `${round / 1000}k+`;
}

/**
 * How many rows a list has, for who has seen those up to `seen`.
 *
 * @param total as many as are known to be there
 */
export function totalText({ count, isAll }: KeyCount, total: number, seen: number): string {
  if (isAll || total <= seen) return grouped(total);
  return `${grouped(seen < rounded(count) ? rounded(count) : total)}+`;
}

/** Down to its first digit: what is known of the others is chance. */
function rounded(count: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, count)));
  return Math.floor(count / unit) * unit;
}
