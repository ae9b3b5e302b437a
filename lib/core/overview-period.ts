/** The periods that the Overview page can show. */
export const overviewPeriods = ["24h", "7d", "90d"] as const;
export type OverviewPeriod = (typeof overviewPeriods)[number];

const usual: OverviewPeriod = "7d";

/** Parses the URL parameter. Any other value selects the default. */
export function readOverviewPeriod(text: string | readonly string[] | undefined): OverviewPeriod {
  return overviewPeriods.find((period) => period === text) ?? usual;
}
