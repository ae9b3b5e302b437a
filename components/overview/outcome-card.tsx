"use client";

import { useState } from "react";
import { AreaChart } from "@/components/charts/area-chart";
import { CallsTable } from "@/components/charts/calls-chart";
import { Legend } from "@/components/charts/legend";
import { inTheLast } from "@/components/charts/period-text";
import { Button } from "@/components/ui/button";
import { grouped } from "@/components/ui/grouped";
import type { OverviewPeriod } from "@/lib/core/overview-period";
import type { CallSeries, PinnedEvent } from "@/lib/services/overview/overview-view";
import { refusalShort } from "./outcome-words";
import { OverviewCard } from "./overview-card";
import { pinnedText } from "./pinned-text";
import { shareOf } from "./share-of";

type OutcomeCardProps = {
  calls: CallSeries;
  period: OverviewPeriod;
  pinned: PinnedEvent | null;
  /** Whether no call has been accepted yet. */
  isNew: boolean;
};

export function OutcomeCard({ calls, period, pinned, isNew }: OutcomeCardProps) {
  const [asTable, setAsTable] = useState(false);
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  const accepted = sum(calls.accepted);
  const refused = sum(calls.refused);
  const caption = `Calls ${inTheLast(period)}`;
  const total = accepted + refused;
  if (total === 0) {
    return (
      <OverviewCard title="Calls by outcome">
        <div className="grid h-52 content-center justify-items-center gap-1 p-4 text-center">
          <p className="font-medium text-ink">{isNew ? "No calls yet" : `No calls ${inTheLast(period)}`}</p>
          <p className="text-ink-muted text-sm">
            {isNew ? "They appear here a few seconds after the first one." : "Choose a longer time above."}
          </p>
        </div>
      </OverviewCard>
    );
  }
  return (
    <OverviewCard
      title="Calls by outcome"
      aside={
        <Button
          variant="link"
          size="inline"
          className="text-[0.8125rem]"
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? "Show as chart" : "Show as table"}
        </Button>
      }
    >
      <div className="grid gap-4 px-4 pt-1 pb-4">
        <p className="flex flex-wrap gap-x-5 text-[0.8125rem]">
          <Legend mark="bg-chart-accepted forced-colors:bg-[CanvasText]" count={accepted} words="accepted" />
          <Legend
            mark="bg-chart-refused forced-colors:bg-[Canvas]"
            count={refused}
            words={`refused (${shareOf(refused, total)})`}
          />
        </p>
        {asTable ? (
          <CallsTable series={calls} caption={caption} />
        ) : (
          <AreaChart
            {...calls}
            mostly={calls.mostly.map((outcome) => (outcome === null ? null : refusalShort[outcome]))}
            pinned={pinned && { at: pinned.at, text: pinnedText(pinned) }}
            label={`${caption}: ${grouped(accepted)} accepted, ${grouped(refused)} refused${pinned === null ? "" : `. ${pinnedText(pinned)}`}`}
          />
        )}
      </div>
    </OverviewCard>
  );
}
