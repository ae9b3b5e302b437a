"use client";

import { grouped } from "@/components/ui/grouped";
import { useTimeZone } from "@/components/ui/time/exact-time";
import { periodOf } from "@/lib/core/keys/usage/usage-series";
import { areaPath } from "./area-path";
import { ChartTooltip } from "./chart-tooltip";
import { axisStyle, GridLines } from "./grid-lines";
import { axisText, periodText, startsOf } from "./period-text";
import { roundTicks, shortCount } from "./round-ticks";
import { usePointedPeriod } from "./use-pointed-period";

const areaHeight = 128;
const refusedTop = 170;
const refusedHeight = 50;
const bottom = refusedTop + refusedHeight;
const height = bottom + 20;
/** With more hours than this, the axis shows dates instead of times. */
const mostNamedHours = 48;
const leastHeight = 1;
const hourMs = 3_600_000;

type AreaChartProps = {
  readonly start: Date;
  readonly hoursEach: number;
  readonly accepted: readonly number[];
  readonly refused: readonly number[];
  /** The most frequent reason for refusal in each period, in words; null if no call was refused. */
  readonly mostly: readonly (string | null)[];
  /** An event to mark on the chart. */
  readonly pinned: { readonly at: Date; readonly text: string } | null;
  /** Says what the chart shows. */
  readonly label: string;
};

/**
 * The calls of a whole organization: accepted calls as an area, refused calls as bars below. The bars have their own
 * scale, because few refused calls would not show on that of the accepted ones. The server renders it for any width;
 * the arrow keys move through the periods. BarChart shows a single key's calls.
 */
export function AreaChart({ start, hoursEach, accepted, refused, mostly, pinned, label }: AreaChartProps) {
  const zone = useTimeZone();
  const count = accepted.length;
  const { at, handlers } = usePointedPeriod(count);
  const most = Math.max(1, ...accepted);
  const mostRefused = Math.max(1, ...refused);
  const percent = (index: number) => `${(index / count) * 100}%`;
  const nameOf = (index: number) => {
    const { from, to } = periodOf({ start, hoursEach }, index);
    return periodText(from, to, hoursEach, zone);
  };
  const rowsOf = (index: number): [term: string, value: string][] => {
    const reason = mostly[index] ?? null;
    return [
      ["Accepted", grouped(accepted[index] ?? 0)],
      ["Refused", grouped(refused[index] ?? 0)],
      ...(reason === null ? [] : [["Mostly", reason] satisfies [string, string]]),
    ];
  };
  const area = areaPath(accepted, most);
  return (
    <div className="flex gap-2">
      <ScaleAxis most={most} mostRefused={mostRefused} />
      <svg
        role="img"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read one period after the other
        tabIndex={0}
        width="100%"
        height={height}
        className="min-w-0 flex-1 touch-pan-y overflow-visible rounded-sm"
        {...handlers}
      >
        {/* Takes the pointer between the marks too. */}
        <rect width="100%" height={bottom} className="fill-transparent" />
        <GridLines most={most} height={areaHeight} />
        <GridLines most={mostRefused} top={refusedTop} height={refusedHeight} />
        <svg
          aria-hidden
          width="100%"
          height={areaHeight}
          viewBox={`0 0 ${count} 100`}
          preserveAspectRatio="none"
          className="overflow-visible"
        >
          <path d={area.filled} className="fill-accent-soft forced-colors:fill-[Canvas]" />
          <path
            d={area.line}
            vectorEffect="non-scaling-stroke"
            strokeLinejoin="round"
            className={lineStyle}
          />
          <path
            d={area.unfinished}
            vectorEffect="non-scaling-stroke"
            strokeDasharray="3 3"
            className={lineStyle}
          />
        </svg>
        <text aria-hidden x={0} y={pinned === null ? 158 : 144} className={axisStyle}>
          Refused, own scale
        </text>
        {refused.map((calls, index) => {
          const tall = calls === 0 ? 0 : Math.max(leastHeight, (calls / mostRefused) * refusedHeight);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: periods have no other identity
              key={index}
              x={percent(index + 0.1)}
              width={percent(0.8)}
              y={bottom - tall}
              height={tall}
              className="fill-chart-refused forced-colors:fill-[CanvasText]"
            />
          );
        })}
        {pinned !== null && (
          <Pin
            text={pinned.text}
            share={(pinned.at.getTime() - start.getTime()) / (count * hoursEach * hourMs)}
          />
        )}
        <DateAxis start={start} hoursEach={hoursEach} count={count} zone={zone} />
        {at !== null && (
          <>
            <line
              x1={percent(at + 0.5)}
              x2={percent(at + 0.5)}
              y1={0}
              y2={bottom}
              className="stroke-line-input"
            />
            <circle
              cx={percent(at + 0.5)}
              cy={areaHeight - ((accepted[at] ?? 0) / most) * areaHeight}
              r={3.5}
              className="fill-chart-accepted stroke-surface forced-colors:fill-[CanvasText]"
            />
            <ChartTooltip
              x={percent(at + 0.5)}
              before={at >= count / 2}
              title={nameOf(at)}
              rows={rowsOf(at)}
            />
          </>
        )}
      </svg>
      <span aria-live="polite" className="sr-only">
        {at !== null &&
          `${nameOf(at)}: ${rowsOf(at)
            .map((row) => row.join(" "))
            .join(", ")}`}
      </span>
    </div>
  );
}

const lineStyle = "fill-none stroke-[1.5] stroke-chart-accepted forced-colors:stroke-[CanvasText]";

/** A vertical line at a moment. Its text is on the side with more room, and is cut off if it does not fit. */
function Pin({ text, share }: { text: string; share: number }) {
  const x = `${share * 100}%`;
  const isLate = share > 0.5;
  return (
    <g>
      <line
        x1={x}
        x2={x}
        y1={refusedTop - 16}
        y2={bottom}
        strokeDasharray="2 2"
        className="stroke-ink-muted forced-colors:stroke-[CanvasText]"
      />
      <foreignObject
        x={isLate ? 0 : x}
        y={refusedTop - 18}
        width={`${(isLate ? share : 1 - share) * 100}%`}
        height={16}
      >
        <p
          title={text}
          className={`truncate px-1.5 text-[0.6875rem] text-ink-muted leading-4 ${isLate ? "text-right" : ""}`}
        >
          {text}
        </p>
      </foreignObject>
    </g>
  );
}

/** The scale of the refused calls has room for its highest tick only. */
function ScaleAxis({ most, mostRefused }: { most: number; mostRefused: number }) {
  const refusedTicks = [0, roundTicks(mostRefused).at(-1) ?? 0];
  const marks = [
    ...roundTicks(most).map((tick) => ({ tick, y: areaHeight - (tick / most) * areaHeight })),
    ...[...new Set(refusedTicks)].map((tick) => ({
      tick,
      y: bottom - (tick / mostRefused) * refusedHeight,
    })),
  ];
  return (
    <svg aria-hidden width={30} height={height} className="shrink-0 overflow-visible">
      {marks.map(({ tick, y }) => (
        <text key={y} x={30} y={y + (tick === 0 ? 0 : 4)} textAnchor="end" className={axisStyle}>
          {shortCount(tick)}
        </text>
      ))}
    </svg>
  );
}

type DateAxisProps = { start: Date; hoursEach: number; count: number; zone: string };

function DateAxis({ start, hoursEach, count, zone }: DateAxisProps) {
  const byDay = hoursEach === 1 && count > mostNamedHours;
  const textOf = (index: number) =>
    axisText(periodOf({ start, hoursEach }, index).from, byDay ? 2 : hoursEach, zone);
  // A phone has room for four labels; it hides the others.
  const names = count > mostNamedHours ? 6 : 4;
  const named = byDay
    ? startsOf(Array.from({ length: count }, (_, index) => textOf(index)))
    : Array.from({ length: names }, (_, index) => Math.round((index * count) / names));
  return (
    <g aria-hidden className={axisStyle}>
      {named.map((index, position) => (
        <text
          key={index}
          x={`${(index / count) * 100}%`}
          y={bottom + 15}
          textAnchor={index === 0 ? "start" : "middle"}
          className={position % 2 === 1 ? "max-md:hidden" : undefined}
        >
          {textOf(index)}
        </text>
      ))}
      <text x="100%" y={bottom + 15} textAnchor="end">
        {hoursEach >= 24 ? "today" : "now"}
      </text>
    </g>
  );
}
