import { classNames } from "@/components/ui/class-names";
import { sparkHeight, sparkPaths } from "./spark-paths";

type SparkBarsProps = {
  /** One bar each, oldest first. */
  values: readonly number[];
  /** The picture in words, for people who cannot see it. */
  label: string;
  className?: string;
};

/** Bars small enough for a table row. Needs no script, so the server can render it. */
export function SparkBars({ values, label, className }: SparkBarsProps) {
  const { width, bars, zeros } = sparkPaths(values);
  return (
    <svg
      role="img"
      data-spark=""
      aria-label={label}
      viewBox={`0 0 ${width} ${sparkHeight}`}
      className={classNames("block shrink-0", className)}
    >
      {zeros !== "" && <path className="fill-line-input" d={zeros} />}
      {bars !== "" && <path className="fill-chart-spark" d={bars} />}
    </svg>
  );
}
