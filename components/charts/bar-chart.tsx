"use client";

import { grouped } from "@/components/ui/grouped";
import { useTimeZone } from "@/components/ui/time/exact-time";
import { periodOf, totalsOf, type UsageSeries } from "@/lib/core/keys/usage/usage-series";
import { ChartTooltip } from "./chart-tooltip";
import { axisStyle, GridLines } from "./grid-lines";
import { axisText, periodText } from "./period-text";
import { roundTicks, shortCount } from "./round-ticks";
import { usePointedPeriod } from "./use-pointed-period";

/** Keeps a few refused calls visible among thousands. */
const leastHeight = 2;
const labelHeight = 20;

type BarChartProps = {
  series: UsageSeries;
  /** Says what the chart shows; the accessible name adds the counts. */
  label: string;
  /** The height of the bars in pixels. */
  height?: number;
  /** The number of times on the axis. */
  labels?: number;
};

/**
 * Accepted and refused calls over time. Every position is an attribute in pixels or percent, so the server renders it
 * for any width. The arrow keys move through the bars.
 */
export function BarChart({ series, label, height = 120, labels = 4 }: BarChartProps) {
  const { accepted, refused, hoursEach } = series;
  const zone = useTimeZone();
  const count = accepted.length;
  const { at, handlers } = usePointedPeriod(count);
  const most = Math.max(1, ...accepted.map((calls, index) => calls + (refused[index] ?? 0)));
  const tall = (calls: number) => (calls === 0 ? 0 : Math.max(leastHeight, (calls / most) * height));
  const percent = (index: number) => `${(index / count) * 100}%`;
  const nameOf = (index: number) => {
    const { from, to } = periodOf(series, index);
    return periodText(from, to, hoursEach, zone);
  };
  const inWords = (index: number) =>
    `${nameOf(index)}: ${grouped(accepted[index] ?? 0)} accepted, ${grouped(refused[index] ?? 0)} refused`;
  return (
    <div className="flex gap-2">
      <ValueAxis most={most} height={height} />
      <svg
        role="img"
        aria-label={`${label}: ${totalsInWords(series)}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read one bar after the other
        tabIndex={0}
        width="100%"
        height={height + labelHeight}
        className="min-w-0 flex-1 touch-pan-y overflow-visible rounded-sm"
        {...handlers}
      >
        {/* Takes the pointer between the bars too. */}
        <rect width="100%" height={height} className="fill-transparent" />
        {at !== null && (
          <rect x={percent(at)} width={percent(1)} height={height} className="fill-row-hover" />
        )}
        <GridLines most={most} height={height} />
        {accepted.map((calls, index) => {
          const bar = { x: percent(index + 0.1), width: percent(0.8) };
          const rejected = tall(refused[index] ?? 0);
          const good = Math.min(tall(calls), height - rejected);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: periods have no other identity
            <g key={index}>
              <rect {...bar} y={height - good} height={good} rx={1} className={acceptedFill} />
              <rect {...bar} y={height - good - rejected} height={rejected} className={refusedFill} />
            </g>
          );
        })}
        <TimeAxis series={series} labels={labels} zone={zone} y={height + 15} />
        {at !== null && (
          <ChartTooltip
            x={percent(at + 0.5)}
            before={at >= count / 2}
            title={nameOf(at)}
            rows={[
              ["Accepted", grouped(accepted[at] ?? 0)],
              ["Refused", grouped(refused[at] ?? 0)],
            ]}
          />
        )}
      </svg>
      <span aria-live="polite" className="sr-only">
        {at !== null && inWords(at)}
      </span>
    </div>
  );
}

const acceptedFill = "fill-chart-accepted forced-colors:fill-[CanvasText]";
/** Forced colors leave one ink, so refused calls become an outline. */
const refusedFill =
  "fill-chart-refused forced-colors:fill-[Canvas] forced-colors:stroke-[CanvasText] forced-colors:stroke-1";

function totalsInWords(series: UsageSeries): string {
  const { accepted, refused } = totalsOf(series);
  return `${grouped(accepted)} accepted and ${grouped(refused)} refused`;
}

function ValueAxis({ most, height }: { most: number; height: number }) {
  return (
    <svg aria-hidden width={28} height={height + labelHeight} className="shrink-0 overflow-visible">
      {roundTicks(most).map((tick) => (
        <text
          key={tick}
          x={28}
          y={height - (tick / most) * height + (tick === 0 ? 0 : 4)}
          textAnchor="end"
          className={axisStyle}
        >
          {shortCount(tick)}
        </text>
      ))}
    </svg>
  );
}

type TimeAxisProps = { series: UsageSeries; labels: number; zone: string; y: number };

/** The last period is not over yet, so the axis ends with "now". */
function TimeAxis({ series, labels, zone, y }: TimeAxisProps) {
  const count = series.accepted.length;
  const named = Array.from({ length: labels }, (_, index) => Math.round((index * count) / labels));
  return (
    <g aria-hidden className={axisStyle}>
      {named.map((index, position) => (
        <text
          key={index}
          x={`${(index / count) * 100}%`}
          y={y}
          textAnchor={position === 0 ? "start" : "middle"}
        >
          {axisText(periodOf(series, index).from, series.hoursEach, zone)}
        </text>
      ))}
      <text x="100%" y={y} textAnchor="end">
        {series.hoursEach >= 24 ? "today" : "now"}
      </text>
    </g>
  );
}
