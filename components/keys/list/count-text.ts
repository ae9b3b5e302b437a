import { grouped } from "@/components/ui/grouped";
import type { KeyCount } from "@/lib/services/keys/read/key-view";

/**
 * A count short enough to fit beside a filter's name on a phone. A partial count becomes a round number with a "+"; an
 * unknown one is left out.
 */
export function countText({ count, isAll }: KeyCount): string | undefined {
  if (isAll) return grouped(count);
  if (count === 0) return undefined;
  const round = rounded(count);
  return round < 1000 ? `${round}+` : `${round / 1000}k+`;
}

/**
 * How many rows a list has, given that rows up to `seen` have been shown.
 *
 * @param total the number of rows known to exist
 */
export function totalText({ count, isAll }: KeyCount, total: number, seen: number): string {
  if (isAll || total <= seen) return grouped(total);
  return `${grouped(seen < rounded(count) ? rounded(count) : total)}+`;
}

/** Rounds down to the first digit, since the other digits of a partial count are meaningless. */
function rounded(count: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, count)));
  return Math.floor(count / unit) * unit;
}
