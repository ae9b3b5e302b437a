import { metaHelper, rowSortingFeature, tableFeatures } from "@tanstack/react-table";
import type { ColumnLayout } from "./column-layout";

/** What our tables do. Filtering, sorting and paging are done by the server. */
export const features = tableFeatures({ rowSortingFeature, columnMeta: metaHelper<ColumnLayout>() });
