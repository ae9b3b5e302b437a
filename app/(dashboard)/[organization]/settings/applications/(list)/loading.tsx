import { resourcesColumnLayout } from "@/components/applications/resources-column-layout";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeading } from "@/components/shell/page-heading";
import { Skeleton } from "@/components/ui/skeleton";

export default function ApplicationsLoading() {
  return (
    <div className="grid gap-4">
      <p role="status" className="sr-only">
        Loading applications
      </p>
      <PageHeading title="Applications" action={<Skeleton className="h-10 w-32 sm:h-8" />}>
        The namespaces that keys and access belong to.
      </PageHeading>
      <Skeleton className="h-10 sm:h-8 sm:w-56" />
      <Skeleton className="h-10 sm:h-8 sm:w-88" />
      <TableSkeleton columns={resourcesColumnLayout("application", true)} rows={8} />
    </div>
  );
}
