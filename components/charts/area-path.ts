/**
 * The SVG paths of an area chart, in a box 100 high and one unit wide per value. Each point is in the middle of its
 * unit; the first and last values extend to the sides. The last period is not over yet, so its part of the line is
 * returned separately: a drop there does not mean fewer calls.
 *
 * @param most the value at the top of the box, above 0
 */
export function areaPath(
  values: readonly number[],
  most: number,
): { readonly line: string; readonly unfinished: string; readonly filled: string } {
  const count = values.length;
  const heights = values.map((value) => Number((100 - (value / most) * 100).toFixed(2)));
  const points = heights.map((y, index) => `${index + 0.5} ${y}`);
  const first = `M0 ${heights[0] ?? 100}L`;
  const end = `${points.at(-1) ?? ""} ${count} ${heights.at(-1) ?? 100}`;
  const done = points.slice(0, -1);
  return {
    line: done.length === 0 ? "" : first + done.join(" "),
    unfinished: done.length === 0 ? first + end : `M${done.at(-1)}L${end}`,
    filled: `${first}${[...done, end].join(" ")}V100H0z`,
  };
}
