import { grouped } from "@/components/ui/grouped";
import type { UsagePeriod } from "@/lib/core/keys/usage-period";
import { goodAndRefused } from "@/lib/core/keys/usage-period";

const height = 72;
/** In viewBox units. */
const dayWidth = 10;
const barWidth = 7;
const refusedWidth = 2.5;

/** A bar chart of successful and refused calls per day. */
export function KeyUsageChart({ days }: { days: readonly UsagePeriod[] }) {
  const bars = days.map((day) => ({ start: day.start, ...goodAndRefused(day) }));
  const most = Math.max(...bars.map(({ good, refused }) => Math.max(good, refused)));
  const good = bars.reduce((sum, bar) => sum + bar.good, 0);
  const refused = bars.reduce((sum, bar) => sum + bar.refused, 0);
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (most === 0) return <p className="text-ink-muted">No calls in the last {days.length} days.</p>;

  const busiest = bars.find((bar) => Math.max(bar.good, bar.refused) === most) ?? last;
  // All bars have the same width, whether or not their day has refusals.
  const goodWidth = refused > 0 ? barWidth - refusedWidth : barWidth;
  const tall = (calls: number) => (calls === 0 ? 0 : Math.max(1.5, (calls / most) * height));
  return (
    <figure className="grid gap-2">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="text-ink-muted">Last {days.length} days</span>
        <span className="flex gap-4 tabular-nums">
          <Legend swatch="bg-accent" words={`${grouped(good)} ${good === 1 ? "call" : "calls"}`} />
          {refused > 0 && <Legend swatch="bg-line-strong" words={`${grouped(refused)} refused`} />}
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={`Calls each day from ${date(first.start)} to ${date(last.start)}: ${grouped(good)} in all, ${grouped(refused)} refused. Most on ${date(busiest.start)}: ${inWords(busiest)}.`}
        viewBox={`0 0 ${days.length * dayWidth} ${height}`}
        preserveAspectRatio="none"
        className="h-18 w-full border-b"
      >
        {bars.map((bar, index) => {
          const x = index * dayWidth + (dayWidth - barWidth) / 2;
          return (
            <g key={bar.start.getTime()}>
              <title>{`${date(bar.start)}: ${inWords(bar)}`}</title>
              <rect x={index * dayWidth} width={dayWidth} height={height} className="fill-transparent" />
              <rect
                x={x}
                y={height - tall(bar.good)}
                width={goodWidth}
                height={tall(bar.good)}
                className="fill-accent"
              />
              <rect
                x={x + goodWidth}
                y={height - tall(bar.refused)}
                width={refusedWidth}
                height={tall(bar.refused)}
                className="fill-line-strong"
              />
            </g>
          );
        })}
      </svg>
      <p aria-hidden className="flex justify-between text-ink-faint text-xs">
        <span>{date(first.start)}</span>
        <span>{date(last.start)}</span>
      </p>
    </figure>
  );
}

function Legend({ swatch, words }: { swatch: string; words: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={`size-2 rounded-xs ${swatch}`} />
      {words}
    </span>
  );
}

function inWords({ good, refused }: { good: number; refused: number }): string {
  const calls = `${grouped(good)} ${good === 1 ? "call" : "calls"}`;
  return refused === 0 ? calls : `${calls}, ${grouped(refused)} refused`;
}

/** Usage is counted by UTC day, so the dates are formatted in UTC. */
const date = (day: Date) =>
  day.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
