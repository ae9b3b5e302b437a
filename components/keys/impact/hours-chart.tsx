import { BarChart } from "@/components/charts/bar-chart";
import type { UseOfKeys } from "@/lib/services/keys/impact/keys-impact";

/** The successful calls of the last 24 hours, one bar an hour. */
export function HoursChart({ hours }: Pick<UseOfKeys, "hours">) {
  const [first] = hours;
  if (first === undefined) return null;
  const series = {
    start: first.start,
    hoursEach: 1,
    accepted: hours.map(({ calls }) => calls),
    refused: hours.map(() => 0),
  };
  return <BarChart series={series} label="Calls in the last 24 hours" height={56} labels={3} />;
}
