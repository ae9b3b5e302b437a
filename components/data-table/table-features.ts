import { metaHelper, rowSortingFeature, tableFeatures } from "@tanstack/react-table";

type ColumnLayout = {
  /** A class that gives the column's width; the same in the table and in its skeleton. */
  readonly width: string;
  /** Stays in sight when the table is scrolled sideways. */
  readonly sticky?: "start" | "end";
};

/** What our tables do. Filtering, sorting and paging are done by the server. */
export const features = tableFeatures({ rowSortingFeature, columnMeta: metaHelper<ColumnLayout>() });
