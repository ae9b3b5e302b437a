/** One line of the table. */
export type Measured = {
  readonly what: string;
  readonly ours: string;
  readonly reference: string;
  /** Our figure divided by the reference, in the target's terms; null if there is no reference. */
  readonly ratio: number | null;
  readonly target: string;
  /** Null if there is no target and the figure is only informational. */
  readonly met: boolean | null;
  readonly note?: string;
  /** All measurements, for the JSON. */
  readonly details?: unknown;
};

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

const budgetMs = 5_000;
const timesAtMost = 40;

/** The duration of each run in milliseconds. Slow work is repeated less often. */
export async function timesOf(work: () => Promise<void>): Promise<number[]> {
  await work();
  const times: number[] = [];
  const end = performance.now() + budgetMs;
  while (times.length < timesAtMost && (times.length < 3 || performance.now() < end)) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times;
}
