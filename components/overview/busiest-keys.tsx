import Link from "next/link";
import { SparkBars } from "@/components/charts/spark-bars";
import { grouped } from "@/components/ui/grouped";
import type { BusyKey } from "@/lib/services/overview/overview-view";
import { Bar } from "./bar";
import { cardLink, OverviewCard } from "./overview-card";
import { shareOf } from "./share-of";

type BusiestKeysProps = { keys: readonly BusyKey[]; listHref: string };

/** The keys with the most calls, each a link to its details. */
export function BusiestKeys({ keys, listHref }: BusiestKeysProps) {
  const most = Math.max(...keys.map(callsOf));
  const head = "h-8 border-t px-2 font-medium text-ink-muted";
  const cell = "h-10 border-t px-2";
  return (
    <OverviewCard
      title="Busiest keys"
      aside={
        <Link href={`${listHref}?sort=lastUsed`} className={cardLink}>
          All keys by last use
        </Link>
      }
    >
      <table className="w-full table-fixed text-[0.8125rem]">
        <caption className="sr-only">Busiest keys</caption>
        <thead>
          <tr className="text-left">
            <th scope="col" className={`${head} pl-4`}>
              Key
            </th>
            <th scope="col" className={`${head} w-26 text-right max-sm:pr-4`}>
              Calls
            </th>
            <td aria-hidden className={`${head} w-44 max-lg:hidden`} />
            <th scope="col" className={`${head} w-24 text-right max-md:pr-4 max-sm:hidden`}>
              Refused
            </th>
            <th scope="col" className={`${head} w-28 pr-4 max-md:hidden`}>
              Last 24 h
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id} className="hover:bg-row-hover">
              <th scope="row" className={`${cell} pl-4 text-left font-medium`}>
                <Link
                  href={`${listHref}?status=all&key=${key.id}`}
                  dir="auto"
                  title={key.name}
                  className="block truncate rounded-sm text-start text-ink hover:underline"
                >
                  {key.name}
                </Link>
              </th>
              <td className={`${cell} text-right text-ink tabular-nums max-sm:pr-4`}>
                {grouped(callsOf(key))}
              </td>
              <td aria-hidden className={`${cell} max-lg:hidden`}>
                <Bar part={callsOf(key)} of={most} tall={6} className="fill-chart-spark" />
              </td>
              <td className={`${cell} text-right text-ink-muted tabular-nums max-md:pr-4 max-sm:hidden`}>
                {shareOf(key.refused, callsOf(key))}
              </td>
              <td className={`${cell} pr-4 max-md:hidden`}>
                <SparkBars
                  values={key.hours}
                  label={`${grouped(key.hours.reduce((sum, calls) => sum + calls, 0))} calls in the last 24 hours`}
                  className="h-5 w-18"
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </OverviewCard>
  );
}

function callsOf({ accepted, refused }: BusyKey): number {
  return accepted + refused;
}
