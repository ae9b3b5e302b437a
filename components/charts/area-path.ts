/**
 * The outline of values as an area, in a box that is as wide as there are values and 100 high. Each value stands in the
 * middle of its place; the first and the last reach to the box's sides. The last period is not over, so the part of the
 * line that leads to its value is apart: its fall is no fall in calls.
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
