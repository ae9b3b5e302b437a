import { metaHelper, rowSortingFeature, tableFeatures } from "@tanstack/react-table";
import type { ColumnLayout } from "./column-layout";

/** The TanStack features our tables use. The server filters, sorts and paginates. */
export const features = tableFeatures({ rowSortingFeature, columnMeta: metaHelper<ColumnLayout>() });
