/** How long a time the Overview page is about: 24 hours, 7 days or 90 days. */
export const overviewPeriods = ["24h", "7d", "90d"] as const;
export type OverviewPeriod = (typeof overviewPeriods)[number];

const usual: OverviewPeriod = "7d";

/** As in the page's address. Anything else is the usual view. */
export function readOverviewPeriod(text: string | readonly string[] | undefined): OverviewPeriod {
  return overviewPeriods.find((period) => period === text) ?? usual;
}
