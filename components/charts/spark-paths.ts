/** In view box units: the width of a bar, the gap after it, and the height of the picture. */
const barWidth = 2;
const gap = 1;
export const sparkHeight = 20;
/** A single call among thousands must stay visible. */
const lowest = 2;

type SparkPaths = {
  readonly width: number;
  readonly bars: string;
  /** Marks on the ground line, for values of 0. */
  readonly zeros: string;
};

/** Draws one bar for each value; the highest fills the height. There are always two paths, however many the bars. */
export function sparkPaths(values: readonly number[]): SparkPaths {
  const most = Math.max(1, ...values);
  const draw = (index: number, tall: number) =>
    `M${index * (barWidth + gap)} ${sparkHeight - tall}h${barWidth}v${tall}h-${barWidth}z`;
  return {
    width: values.length * (barWidth + gap) - gap,
    bars: values
      .map((value, index) =>
        value === 0 ? "" : draw(index, Math.max(lowest, Math.round((value / most) * sparkHeight))),
      )
      .join(""),
    zeros: values.map((value, index) => (value === 0 ? draw(index, 1) : "")).join(""),
  };
}
