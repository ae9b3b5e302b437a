import type { ReactNode } from "react";
import type { ColumnLayout } from "@/components/data-table/column";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeading } from "@/components/shell/page-heading";
import { Skeleton } from "@/components/ui/skeleton";

type ListSkeletonProps = {
  title: string;
  /** The line below the heading. */
  about: string;
  /** The width of the page's main button. */
  button?: string;
  /** Rendered above the search box. */
  views?: ReactNode;
  /** Rendered beside the search box. */
  filter?: ReactNode;
  columns: readonly ColumnLayout[];
  rows: number;
  /** The table has checkboxes. */
  selectable?: boolean;
};

/** The loading state of a page with a list, as high as the loaded page. */
export function ListSkeleton(props: ListSkeletonProps) {
  const { title, about, button, views, filter, columns, rows, selectable } = props;
  return (
    <div className="grid grid-cols-1 gap-4">
      <p role="status" className="sr-only">
        Loading {title === "API keys" ? title : title.toLowerCase()}
      </p>
      <PageHeading title={title} action={button && <Skeleton className={`h-10 sm:h-8 ${button}`} />}>
        {about}
      </PageHeading>
      {views}
      <div className="flex flex-col gap-3 sm:flex-row">
        <Skeleton className="h-10 sm:h-8 sm:w-88" />
        {filter}
      </div>
      <TableSkeleton columns={columns} rows={rows} {...(selectable && { selectable })} />
    </div>
  );
}
