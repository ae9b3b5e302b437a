"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Segments } from "@/components/ui/choice/segments";
import { grouped } from "@/components/ui/grouped";
import { useTimeZone } from "@/components/ui/time/exact-time";
import {
  periodOf,
  totalsOf,
  type UsageSeries,
  type UsageSpanName,
  type UsageSpans,
  usageSpanNames,
} from "@/lib/core/keys/usage/usage-series";
import { BarChart } from "./bar-chart";
import { Legend } from "./legend";
import { inTheLast, periodParts } from "./period-text";

type CallsChartProps = { spans: UsageSpans; height?: number };

/** Calls over 24 hours, 7 days or 90 days, as a chart or as a table. */
export function CallsChart({ spans, height }: CallsChartProps) {
  const [span, setSpan] = useState<UsageSpanName>("24 h");
  const [asTable, setAsTable] = useState(false);
  const heading = useId();
  const series = spans[span];
  const { accepted, refused } = totalsOf(series);
  const none = accepted + refused === 0;
  const caption = `Calls ${inTheLast(span)}`;
  return (
    <section aria-labelledby={heading} className="grid gap-3">
      <div className="grid gap-1">
        <div className="flex items-center justify-between gap-4">
          <h4 id={heading} className="font-semibold text-ink text-sm">
            Calls
          </h4>
          <Segments
            aria-label="Period"
            options={usageSpanNames.map((value) => ({ value, label: value }))}
            value={span}
            onValueChange={setSpan}
          />
        </div>
        {!none && (
          <div className="flex flex-wrap items-center justify-between gap-x-4 text-[0.8125rem]">
            <p className="flex flex-wrap gap-x-4">
              <Legend
                mark="bg-chart-accepted forced-colors:bg-[CanvasText]"
                count={accepted}
                words="accepted"
              />
              <Legend mark="bg-chart-refused forced-colors:bg-[Canvas]" count={refused} words="refused" />
            </p>
            <Button
              variant="link"
              size="inline"
              className="py-1 text-[0.8125rem]"
              onClick={() => setAsTable(!asTable)}
            >
              {asTable ? "Show as chart" : "Show as table"}
            </Button>
          </div>
        )}
      </div>
      {none ? (
        <p className="text-ink-muted">No calls {inTheLast(span)}.</p>
      ) : asTable ? (
        <CallsTable series={series} caption={caption} />
      ) : (
        <BarChart series={series} label={caption} height={height} />
      )}
    </section>
  );
}

/** A chart's numbers, latest first. */
export function CallsTable({ series, caption }: { series: UsageSeries; caption: string }) {
  const zone = useTimeZone();
  const { accepted, refused, hoursEach } = series;
  const rows = accepted.map((calls, index) => {
    const { from, to } = periodOf(series, index);
    return { ...periodParts(from, to, hoursEach, zone), calls, rejected: refused[index] ?? 0 };
  });
  const number = "py-1 pr-3 text-right font-normal tabular-nums";
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
      tabIndex={0}
      className="scroll-edges max-h-64 overflow-y-auto rounded-md border"
    >
      <table className="w-full text-[0.8125rem]">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-subtle text-ink-muted">
          <tr>
            <th scope="col" className="py-1 pl-3 text-left font-normal">
              {hoursEach >= 24 ? "Day (UTC)" : "Time"}
            </th>
            <th scope="col" className={number}>
              Accepted
            </th>
            <th scope="col" className={number}>
              Refused
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {rows.reverse().map(({ begin, end, calls, rejected }) => (
            <tr key={begin}>
              <th scope="row" className="whitespace-nowrap py-1 pl-3 text-left font-normal text-ink">
                {begin}
                {/* Phones hide the end: it is the beginning of the row above. */}
                {end !== "" && <span className="max-sm:sr-only"> to {end}</span>}
              </th>
              <td className={number}>{grouped(calls)}</td>
              <td className={number}>{grouped(rejected)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
