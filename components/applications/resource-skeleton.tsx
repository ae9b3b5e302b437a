import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";
import { peopleColumnLayout } from "./people/people-column-layout";
import { resourcesColumnLayout } from "./resources-column-layout";

export function ResourceSkeleton({ of }: { of: "application" | "people" }) {
  const columns = of === "people" ? peopleColumnLayout : resourcesColumnLayout("workspace", true);
  return (
    <div className="grid gap-4">
      <p role="status" className="sr-only">
        Loading
      </p>
      <div className="grid gap-2">
        <Skeleton className="my-1.5 h-4 w-48" />
        <Skeleton className="h-7 w-64 max-w-full" />
        <Skeleton className="h-4 w-56 max-w-full" />
      </div>
      <Skeleton className={of === "people" ? "h-6 w-20" : "h-10 sm:h-8 sm:w-84"} />
      <Skeleton className="h-10 sm:h-8 sm:w-88" />
      <TableSkeleton columns={columns} rows={5} />
    </div>
  );
}
