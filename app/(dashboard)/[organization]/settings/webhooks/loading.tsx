import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeading } from "@/components/shell/page-heading";
import { Skeleton } from "@/components/ui/skeleton";
import {
  deliveryColumnLayouts,
  endpointColumnLayouts,
  webhooksAbout,
} from "@/components/webhooks/endpoint-column-layouts";

export default function WebhooksLoading() {
  return (
    <div className="grid grid-cols-1 gap-4">
      <p role="status" className="sr-only">
        Loading webhooks
      </p>
      <PageHeading title="Webhooks" action={<Skeleton className="h-10 w-28 sm:h-8" />}>
        {webhooksAbout}
      </PageHeading>
      <TableSkeleton columns={endpointColumnLayouts} rows={3} />
      <div className="max-lg:hidden">
        <TableSkeleton columns={deliveryColumnLayouts} rows={8} />
      </div>
    </div>
  );
}
