/** One line of the table. */
export type Measured = {
  readonly what: string;
  readonly ours: string;
  readonly reference: string;
  /** Ours against the reference, as the target is given; null where there is only a figure. */
  readonly ratio: number | null;
  readonly target: string;
  /** Null: no target, it stands there to be seen. */
  readonly met: boolean | null;
  readonly note?: string;
  /** All that was measured, for the JSON. */
  readonly details?: unknown;
};

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
