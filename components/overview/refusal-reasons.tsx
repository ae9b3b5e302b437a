import { grouped } from "@/components/ui/grouped";
import type { Refusal } from "@/lib/services/overview/overview-view";
import { Bar } from "./bar";
import { refusalWords } from "./outcome-words";
import { OverviewCard } from "./overview-card";

/** The reasons for refused calls, most frequent first: a table styled as a bar chart. */
export function RefusalReasons({ refusals }: { refusals: readonly Refusal[] }) {
  const most = refusals[0]?.calls ?? 0;
  if (most === 0) {
    return (
      <OverviewCard title="Refusals by reason">
        <p className="px-4 pb-4 text-[0.8125rem] text-ink-muted">No call was refused in this time.</p>
      </OverviewCard>
    );
  }
  return (
    <OverviewCard title="Refusals by reason">
      <table className="mx-4 mb-3 block text-[0.8125rem]">
        <caption className="sr-only">Refusals by reason</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">Calls</th>
          </tr>
        </thead>
        <tbody className="grid gap-2.5 pb-1">
          {refusals.map(({ outcome, calls }) => (
            <tr key={outcome} className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5">
              <th scope="row" className="text-left font-normal text-ink">
                {refusalWords[outcome]}
              </th>
              <td className="text-right text-ink-muted tabular-nums">{grouped(calls)}</td>
              <td aria-hidden className="col-span-2">
                <Bar part={calls} of={most} tall={4} track className="fill-chart-refused" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </OverviewCard>
  );
}
