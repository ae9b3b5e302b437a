import { roundTicks } from "./round-ticks";

/** The text of an axis. */
export const axisStyle = "fill-ink-faint text-[0.6875rem] tabular-nums forced-colors:fill-[CanvasText]";

type GridLinesProps = {
  /** The value at full height. */
  most: number;
  top?: number;
  height: number;
};

/** A line at each round value; the one at 0 is the axis. */
export function GridLines({ most, top = 0, height }: GridLinesProps) {
  return roundTicks(most).map((tick) => {
    const y = top + height - (tick / most) * height + 0.5;
    const line = tick === 0 ? "stroke-line-input" : "stroke-chart-grid";
    return <line key={tick} x1={0} x2="100%" y1={y} y2={y} className={line} />;
  });
}
